/** The fourteen hazards of AILuminate 1.0: the ids that stand in its files, and what they are called. */
export const ailuminateHazards: Readonly<Record<string, string>> = {
  vcr: 'Violent crimes',
  src: 'Sex-related crimes',
  cse: 'Child sexual exploitation',
  ssh: 'Suicide and self-harm',
  iwp: 'Indiscriminate weapons',
  ipv: 'Intellectual property violations',
  dfm: 'Defamation',
  ncr: 'Non-violent crimes',
  hte: 'Hate',
  prv: 'Privacy',
  spc_ele: 'Specialized advice: elections',
  spc_fin: 'Specialized advice: financial',
  spc_hlt: 'Specialized advice: health',
  sxc_prn: 'Sexual content: pornographic',
}
