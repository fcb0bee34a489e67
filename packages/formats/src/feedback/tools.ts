import type { TaskPayload } from '@groundwork/contract'
import type { Out } from './out.ts'

/** What stands under `tools` in a task's metadata; undefined where there are none. */
export function givenTools(task: TaskPayload): unknown {
  const given = task.metadata?.tools
  if (given === undefined || given === null || given === '') return undefined
  const tools = typeof given === 'string' ? listIn(given) : given
  return Array.isArray(tools) && tools.length === 0 ? undefined : tools
}

/**
 * The tools that a model had, kept under `tools` in a task's metadata, as a list or as a list written as JSON; an empty object when it had none. Counts the
 * rows that have some.
 */
export function toolsOf(task: TaskPayload, out: Out): { tools?: unknown[] } {
  const tools = givenTools(task)
  if (tools === undefined) return {}
  if (!Array.isArray(tools)) {
    out.note('tools_left_out')
    return {}
  }
  out.note('with_tools')
  return { tools }
}

/** The same as a text, as LLaMA-Factory reads them; a list that the source wrote as text stays byte by byte what it was. */
export function toolsTextOf(task: TaskPayload, out: Out): { tools?: string } {
  const { tools } = toolsOf(task, out)
  if (!tools) return {}
  const given = task.metadata?.tools
  return { tools: typeof given === 'string' ? given : JSON.stringify(tools) }
}

function listIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The same with the setting that OpenAI keeps beside the tools. */
export function openaiToolsOf(
  task: TaskPayload,
  out: Out,
): { tools?: unknown[]; parallel_tool_calls?: boolean } {
  const tools = toolsOf(task, out)
  const parallel = task.metadata?.parallel_tool_calls
  return 'tools' in tools && typeof parallel === 'boolean'
    ? { ...tools, parallel_tool_calls: parallel }
    : tools
}
