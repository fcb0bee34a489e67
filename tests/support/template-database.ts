/** Every test database is a copy of this one, which holds the migrated schema and nothing else. */
export const TEMPLATE_DATABASE = 'groundwork_template'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the run's Postgres. */
    postgresUrl: string
  }
}
