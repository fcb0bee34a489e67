import 'i18next'
import type account from './en/account.json'
import type answer from './en/answer.json'
import type boxes from './en/boxes.json'
import type common from './en/common.json'
import type desk from './en/desk.json'
import type earnings from './en/earnings.json'
import type exports from './en/exports.json'
import type forms from './en/forms.json'
import type home from './en/home.json'
import type judgments from './en/judgments.json'
import type marking from './en/marking.json'
import type media from './en/media.json'
import type missing from './en/missing.json'
import type notices from './en/notices.json'
import type operator from './en/operator.json'
import type people from './en/people.json'
import type projects from './en/projects.json'
import type questions from './en/questions.json'
import type results from './en/results.json'
import type rewrite from './en/rewrite.json'
import type setup from './en/setup.json'
import type steps from './en/steps.json'
import type turns from './en/turns.json'
import type webhooks from './en/webhooks.json'
import type workbench from './en/workbench.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof common
      answer: typeof answer
      account: typeof account
      boxes: typeof boxes
      desk: typeof desk
      earnings: typeof earnings
      exports: typeof exports
      forms: typeof forms
      home: typeof home
      judgments: typeof judgments
      marking: typeof marking
      media: typeof media
      missing: typeof missing
      notices: typeof notices
      operator: typeof operator
      people: typeof people
      projects: typeof projects
      questions: typeof questions
      results: typeof results
      rewrite: typeof rewrite
      setup: typeof setup
      steps: typeof steps
      turns: typeof turns
      webhooks: typeof webhooks
      workbench: typeof workbench
    }
  }
}
