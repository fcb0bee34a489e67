// Runs before the first paint, so that a chosen theme does not flash the other one. A file of its own because the page allows no inline script.
try {
  const theme = localStorage.getItem('groundwork.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is blocked: the system's theme holds.
}
