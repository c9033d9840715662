import { catalogueAdd, catalogueChange, catalogueEnd, catalogueList } from '../../contract/catalogue.ts'
import { addCatalogueItem, changeCatalogueItem, endCatalogueItem, listCatalogue } from '../actions/catalogue.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const catalogueEndpoints: readonly Endpoint[] = [
  endpoint(catalogueList, (call, input) => listCatalogue(call, input)),
  endpoint(catalogueAdd, async (call, input) => ({ item: await addCatalogueItem(call, input) })),
  endpoint(catalogueChange, async (call, input) => ({ item: await changeCatalogueItem(call, input) })),
  endpoint(catalogueEnd, async (call, input) => ({ item: await endCatalogueItem(call, input) })),
]
