import { Outlet } from '@tanstack/react-router'

/** Placeholder until the page is built. */
export function ProjectLayout() {
  return <Outlet />
}
