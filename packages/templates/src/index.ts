export { readTemplate, type Template, type TemplateTask, templates } from './templates.ts'
