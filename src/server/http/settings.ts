import { settingEdit, settingShow } from '../../contract/settings.ts'
import { editSettings, showSettings } from '../actions/settings.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const settingEndpoints: readonly Endpoint[] = [
  endpoint(settingShow, ({ tx }) => showSettings(tx)),
  endpoint(settingEdit, (call, input) => editSettings(call, input)),
]
