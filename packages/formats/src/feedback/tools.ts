import type { TaskPayload } from '@groundwork/contract'

/** The tools that a model had, kept under `tools` in a task's metadata; an empty object when it had none. */
export function toolsOf(task: TaskPayload): { tools?: unknown } {
  const tools = task.metadata?.tools
  const none = tools === undefined || tools === null || (Array.isArray(tools) && tools.length === 0)
  return none ? {} : { tools }
}

/** The same with the setting that OpenAI keeps beside the tools. */
export function openaiToolsOf(task: TaskPayload): { tools?: unknown; parallel_tool_calls?: boolean } {
  const tools = toolsOf(task)
  const parallel = task.metadata?.parallel_tool_calls
  return tools.tools !== undefined && typeof parallel === 'boolean'
    ? { ...tools, parallel_tool_calls: parallel }
    : tools
}
