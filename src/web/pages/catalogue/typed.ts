/** An item as it is typed, and what it says once everything is there. Pure. */
import { catalogueAdd, type CatalogueItem } from '../../../contract/catalogue.ts'
import type { InputOf } from '../../../contract/route.ts'
import { anybody, type Eligible } from '../../../domain/logbook/eligibility.ts'
import type { Dimension } from '../../../domain/logbook/entry.ts'
import { isDay } from '../logbook/typed.ts'

export const itemFaults = ['required', 'date', 'beforeStart', 'afterNext', 'number', 'ages'] as const
export type ItemFault = (typeof itemFaults)[number]

export function isItemFault(fault: string | null): fault is ItemFault {
  return itemFaults.some((one) => one === fault)
}

/** Numbers are NaN while empty, days null. */
export interface TypedItem {
  nameTh: string
  nameEn: string
  dimension: Dimension | ''
  agency: string
  amountTh: string
  amountEn: string
  amountBaht: number
  source: string
  validFrom: string | null
  validTo: string | null
  isForMember: boolean
  ageFrom: number
  ageTo: number
  incomeAtMost: number
  paths: Eligible['paths']
  stages: Eligible['stages']
  vulnerabilityFrom: number
  needsProblem: boolean
  ask: Eligible['ask']
  onlyOnce: boolean
  againAfterMonths: number
  mostTimes: number
}

export function typedItem(before: CatalogueItem | null, today: string): TypedItem {
  const eligible = before?.eligible ?? anybody
  const number = (value: number | null | undefined) => value ?? Number.NaN
  return {
    nameTh: before?.nameTh ?? '',
    nameEn: before?.nameEn ?? '',
    dimension: before?.dimension ?? '',
    agency: before?.agency ?? '',
    amountTh: before?.amountTh ?? '',
    amountEn: before?.amountEn ?? '',
    amountBaht: number(before?.amountBaht),
    source: before?.source ?? '',
    validFrom: before?.validFrom ?? today,
    validTo: before?.validTo ?? null,
    isForMember: eligible.member !== null,
    ageFrom: number(eligible.member?.ageFrom),
    ageTo: number(eligible.member?.ageTo),
    incomeAtMost: number(eligible.incomeAtMost),
    paths: eligible.paths,
    stages: eligible.stages,
    vulnerabilityFrom: number(eligible.vulnerabilityFrom),
    needsProblem: eligible.needsProblem,
    ask: eligible.ask,
    onlyOnce: eligible.onlyOnce,
    againAfterMonths: number(eligible.againAfterMonths),
    mostTimes: number(eligible.mostTimes),
  }
}

export type ItemFaults = Partial<Record<keyof TypedItem, ItemFault>>
export type ReadItem = Omit<InputOf<typeof catalogueAdd>, 'area'>

const mustBeThere = ['nameTh', 'nameEn', 'dimension', 'agency', 'amountTh', 'amountEn', 'source'] as const

/** What is sent, or what is missing, by field. */
export function readItem(typed: TypedItem): { item: ReadItem } | { faults: ItemFaults } {
  const faults: ItemFaults = {}
  for (const field of mustBeThere) if (typed[field].trim() === '') faults[field] = 'required'
  const { validFrom, validTo } = typed
  if (!isDay(validFrom)) faults.validFrom = 'date'
  if (validTo !== null && !isDay(validTo)) faults.validTo = 'date'
  else if (validTo !== null && isDay(validFrom) && validTo < validFrom) faults.validTo = 'beforeStart'
  const number = (value: number) => (Number.isNaN(value) ? null : value)
  const item = {
    nameTh: typed.nameTh,
    nameEn: typed.nameEn,
    dimension: typed.dimension,
    agency: typed.agency,
    amountTh: typed.amountTh,
    amountEn: typed.amountEn,
    amountBaht: number(typed.amountBaht),
    source: typed.source,
    validFrom,
    validTo,
    eligible: {
      member: typed.isForMember ? { ageFrom: number(typed.ageFrom), ageTo: number(typed.ageTo) } : null,
      incomeAtMost: number(typed.incomeAtMost),
      paths: typed.paths,
      stages: typed.stages,
      vulnerabilityFrom: number(typed.vulnerabilityFrom),
      needsProblem: typed.needsProblem,
      ask: typed.ask,
      onlyOnce: typed.onlyOnce,
      againAfterMonths: typed.onlyOnce ? null : number(typed.againAfterMonths),
      mostTimes: typed.onlyOnce ? null : number(typed.mostTimes),
    },
  }
  const parsed = catalogueAdd.input.safeParse({ area: '', ...item })
  if (!parsed.success) {
    for (const { path, code } of parsed.error.issues) {
      const field = path.at(-1) as keyof TypedItem
      faults[field] ??= code === 'custom' ? 'ages' : 'number'
    }
    return { faults }
  }
  const { area: _, ...read } = parsed.data
  return Object.keys(faults).length > 0 ? { faults } : { item: read }
}
