import { figureOverview } from '../../contract/figures.ts'
import { showOverview } from '../actions/figures.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const figureEndpoints: readonly Endpoint[] = [
  endpoint(figureOverview, (call, { area }) => showOverview(call, area)),
]
