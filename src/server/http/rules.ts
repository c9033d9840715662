import { ruleList, ruleSave, ruleShow } from '../../contract/rules.ts'
import { listRules, saveRules, showRuleVersion } from '../actions/rules.ts'
import { settleJob } from '../jobs/settle.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const ruleEndpoints: readonly Endpoint[] = [
  endpoint(ruleList, (call, input) => listRules(call, input)),
  endpoint(ruleShow, ({ tx }, input) => showRuleVersion(tx, input)),
  endpoint(ruleSave, async (call, input) => {
    const { version, settle } = await saveRules(call, input)
    for (const provinceCode of settle) await call.deps.jobs.add(call.tx, settleJob, { provinceCode }, call.now)
    if (settle.length > 0) call.afterCommit(() => call.deps.jobs.wake())
    return { version }
  }),
]
