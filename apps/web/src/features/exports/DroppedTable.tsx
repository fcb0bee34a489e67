import { useTranslation } from '../../i18n/react.ts'
import { Table } from '../../ui/bits.tsx'
import { formatNumber } from '../../ui/format.ts'

const reasons = [
  'too_few_judgments',
  'judgments_set_aside',
  'not_decided',
  'low_confidence',
  'low_agreement',
  'not_unanimous',
  'question_not_answered',
  'form_cannot_feed',
  'tie',
  'both_good',
  'both_bad',
  'equal_rank',
  'no_strength',
  'no_preference',
  'no_thumb',
  'no_demonstration',
  'no_steps',
  'unlabelled_step',
  'no_reference',
  'no_such_candidate',
  'not_a_pair',
  'no_prompt',
  'no_image',
  'no_image_size',
  'prompt_is_conversation',
  'prompt_does_not_end_with_user',
  'prompt_ends_with_system',
  'prompt_ends_with_assistant',
  'answer_starts_with_other_role',
  'answer_has_several_messages',
  'answer_has_user_turns',
  'turns_do_not_alternate',
  'identical_candidates',
  'has_images',
] as const

/** Reasons that keep a whole task from giving anything; of the others there can be several for one task. */
const ofTasks: readonly string[] = reasons.slice(0, reasons.indexOf('tie'))

export function unitOf(reason: string): 'tasks' | 'pairs' | 'rows' {
  if (reason === 'equal_rank') return 'pairs'
  return ofTasks.includes(reason) ? 'tasks' : 'rows'
}

/** What gave no row, by reason, most frequent first. */
export function DroppedTable({
  dropped,
  caption,
}: {
  dropped: Record<string, number>
  /** Which of several such tables it is. */
  caption: string
}) {
  const { t } = useTranslation('exports')
  const rows = Object.entries(dropped).sort(([, one], [, other]) => other - one)
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <th scope="col">{t('droppedWhy')}</th>
          <th scope="col" className="num">
            {t('howMany')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([reason, count]) => {
          const known = reasons.find((each) => each === reason)
          return (
            <tr key={reason}>
              <td>{known ? t(`reasons.${known}`) : <code>{reason}</code>}</td>
              <td className="num">{t(`units.${unitOf(reason)}`, { count, number: formatNumber(count) })}</td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
