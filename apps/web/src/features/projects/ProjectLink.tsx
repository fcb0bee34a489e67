import { Link } from '@tanstack/react-router'

/** The name of a project; a draft leads back into its set-up. */
export function ProjectLink({
  project,
  className,
}: {
  project: { id: string; name: string; state: string }
  className: string
}) {
  return project.state === 'draft' ? (
    <Link to="/projects/new" search={{ project: project.id }} className={className}>
      {project.name}
    </Link>
  ) : (
    <Link to="/projects/$projectId/overview" params={{ projectId: project.id }} className={className}>
      {project.name}
    </Link>
  )
}
