import type { TaskPayload } from '@groundwork/contract'
import type { Out } from './out.ts'

/** The tools that a model had, kept under `tools` in a task's metadata; an empty object when it had none. Counts the rows that have some. */
export function toolsOf(task: TaskPayload, out: Out): { tools?: unknown } {
  const tools = task.metadata?.tools
  if (tools === undefined || tools === null || (Array.isArray(tools) && tools.length === 0)) return {}
  out.note('with_tools')
  return { tools }
}

/** The same with the setting that OpenAI keeps beside the tools. */
export function openaiToolsOf(
  task: TaskPayload,
  out: Out,
): { tools?: unknown; parallel_tool_calls?: boolean } {
  const tools = toolsOf(task, out)
  const parallel = task.metadata?.parallel_tool_calls
  return 'tools' in tools && typeof parallel === 'boolean'
    ? { ...tools, parallel_tool_calls: parallel }
    : tools
}
