import type { Feature } from './card.ts'

/**
 * The columns of a Parquet file as `datasets` notes them under the key `huggingface`: what it reads them as when there is no card. JSON is noted as the
 * text that it is in the file.
 */
export function huggingFaceFeatures(features: readonly Feature[]): string {
  return JSON.stringify({ info: { features: entries(features) } })
}

const entries = (features: readonly Feature[]): object =>
  Object.fromEntries(features.map((feature) => [feature.name, typeOf(feature)]))

function typeOf(feature: Feature): object {
  if ('dtype' in feature) return scalar(feature.dtype)
  if ('struct' in feature) return entries(feature.struct)
  if (Array.isArray(feature.list)) return listOf(entries(feature.list))
  return typeof feature.list === 'string'
    ? listOf(scalar(feature.list))
    : listOf(listOf(scalar(feature.list.list)))
}

const listOf = (feature: object) => ({ feature, _type: 'List' })

const scalar = (dtype: string) =>
  dtype === 'image' ? { _type: 'Image' } : { dtype: dtype === 'json' ? 'string' : dtype, _type: 'Value' }
