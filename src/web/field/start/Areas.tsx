/**
 * Which places this phone holds: level by level within the person's own reach, or by a part of the name. The server is asked for
 * one level at a time, so that a country of villages opens as fast as one subdistrict.
 */
import { type ReactNode, useEffect, useState } from 'react'
import { areaChildren, areaShow, type AreaAnswer, type AreaWithPath } from '../../../contract/areas.ts'
import { areaAt, areaLevel, isAreaWithin } from '../../../domain/area.ts'
import { ask, problemOf } from '../../api.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { manyHouseholds, mostHouseholds } from '../../offline/messages.ts'
import { useText } from '../../text/dictionary.ts'
import { useAreaNames } from '../../text/area.ts'
import { fieldText } from '../../text/field.ts'
import { useFormat } from '../../text/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { commonText } from '../../text/common.ts'
import type { ChosenArea } from '../known.ts'
import { Button, Notice, Screen, Spinner, TextInput } from '../parts.tsx'
import { usePhone } from '../phone.tsx'
import { findAreas } from './find-areas.ts'
import { Problem } from './SignIn.tsx'

export interface AreasProps {
  /** Areas in which the person may record; '' is the nation. */
  reach: readonly string[]
  chosen: readonly ChosenArea[]
  /** The only one that can be chosen from: what waits on the phone is sealed for it. */
  province?: string | null
  top?: ReactNode
  onDone: (province: string, chosen: ChosenArea[]) => Promise<void> | void
}

const mostAreas = 60
/** Bytes a second that a village's line gives on a poor day. */
const slowLine = 40_000
const settleMs = 350

export function Areas({ reach, chosen: chosenBefore, province: fixed = null, top, onDone }: AreasProps) {
  const text = useText(fieldText).start
  const common = useText(commonText)
  const names = useAreaNames()
  const [chosen, setChosen] = useState<readonly ChosenArea[]>(chosenBefore)
  const [open, setOpen] = useState<string | null>(reach.length === 1 ? (reach[0] ?? '') : null)
  const [typed, setTyped] = useState('')
  const [isReady, setReady] = useState(false)
  const level = useLevel(reach, open)
  const found = useFound(reach, typed)
  const province = fixed ?? chosen[0]?.code.slice(0, 2) ?? null
  const { size, again } = useSize(
    province ?? '',
    chosen.map(({ code }) => code),
  )
  const isRight = size.state === 'known' && size.households <= mostHouseholds
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)

  const toggle = (area: AreaAnswer) => {
    setChosen((before) => {
      if (before.some(({ code }) => code === area.code)) return before.filter(({ code }) => code !== area.code)
      // A place within another counts once.
      const others = before.filter(({ code }) => !isAreaWithin(code, area.code) && !isAreaWithin(area.code, code))
      return [...others, { ...named(area), level: area.level, villages: [] }].slice(0, mostAreas)
    })
  }
  const row = (area: AreaAnswer, note: string | null) => {
    const canChoose = ['subdistrict', 'village'].includes(area.level) || reach.includes(area.code)
    const isOther = province !== null && province !== area.code.slice(0, 2)
    const isChosen = chosen.some(({ code }) => isAreaWithin(area.code, code))
    return (
      <li key={area.code} className="area-row">
        {canChoose && area.code.length >= 4 ? (
          <label className="choice" data-chosen={isChosen || undefined}>
            <input type="checkbox" checked={isChosen} disabled={isOther} onChange={() => toggle(area)} />
            <span className="choice-mark" data-shape="box" aria-hidden="true">
              {isChosen && <Icon name="check" size="sm" />}
            </span>
            <span className="choice-words">
              <span>{names.name(area)}</span>
              {note && <span className="soft">{note}</span>}
              {isOther && <span className="soft">{fixed ? text.sameProvince : text.oneProvince}</span>}
            </span>
          </label>
        ) : (
          <span className="area-name">{names.name(area)}</span>
        )}
        {area.level !== 'village' && (
          <button
            type="button"
            className="button area-open"
            data-kind="quiet"
            aria-label={text.openArea(names.name(area))}
            onClick={() => {
              setTyped('')
              setOpen(area.code)
            }}
          >
            <Icon name="chevronRight" />
          </button>
        )}
      </li>
    )
  }

  const up = level?.area && !reach.includes(level.area.code) ? level.area.path.at(-2) : null
  return (
    <Screen
      title={text.areasTitle}
      lead={text.areasLead}
      top={top}
      actions={
        chosen.length > 0 && (
          <>
            <Estimate size={size} again={again} />
            <Button
              kind="primary"
              isBig
              isDisabled={!isRight}
              isPending={isReady}
              onPress={() => {
                setReady(true)
                setProblem(null)
                withVillages(chosen)
                  .then((all) => onDone(province ?? '', all))
                  .catch((error: unknown) => {
                    setProblem(problemOf(error))
                    setReady(false)
                  })
              }}
            >
              {isReady ? common.working : text.areasNext}
            </Button>
          </>
        )
      }
    >
      {problem && <Problem problem={problem} />}
      {level?.problem && <Problem problem={level.problem} />}
      {chosen.length > 0 && (
        <div>
          <p>{text.areasChosen(String(chosen.length))}</p>
          <ul className="chips">
            {chosen.map((area) => (
              <li key={area.code}>
                <button
                  type="button"
                  className="chip"
                  aria-label={`${common.remove} ${names.name(area)}`}
                  onClick={() => setChosen(chosen.filter((one) => one.code !== area.code))}
                >
                  {names.name(area)} <Icon name="cross" size="sm" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <TextInput label={text.areaSearch} type="search" maxLength={100} value={typed} onChange={setTyped} />
      {typed.trim().length >= 2 ? (
        <>
          {found === null && <Spinner label={common.loading} />}
          {found?.length === 0 && <p className="soft">{text.noAreasFound}</p>}
          <ul className="rows">{found?.map((area) => row(area, names.pathName(area.path.slice(0, -1))))}</ul>
        </>
      ) : (
        <>
          {up && (
            <Button kind="quiet" icon="chevronLeft" onPress={() => setOpen(up.code)}>
              {text.upArea(names.name(up))}
            </Button>
          )}
          {open !== null && !up && reach.length > 1 && (
            <Button kind="quiet" icon="chevronLeft" onPress={() => setOpen(null)}>
              {common.back}
            </Button>
          )}
          {level === null && <Spinner label={common.loading} />}
          <ul className="rows">{level?.areas.map((area) => row(area, null))}</ul>
        </>
      )}
    </Screen>
  )
}

interface Level {
  area: AreaWithPath | null
  areas: AreaAnswer[]
  problem: ProblemAnswer | null
}

/** What is directly in an area; the person's own places when none is open. */
function useLevel(reach: readonly string[], open: string | null): Level | null {
  const [found, setFound] = useState<{ key: string; level: Level } | null>(null)
  const key = open ?? `reach ${reach.join()}`
  useEffect(() => {
    let isCurrent = true
    const show = (level: Level) => {
      if (isCurrent) setFound({ key, level })
    }
    loadLevel(reach, open).then(show, (error: unknown) => show({ area: null, areas: [], problem: problemOf(error) }))
    return () => {
      isCurrent = false
    }
    // The key holds both.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key])
  return found?.key === key ? found.level : null
}

async function loadLevel(reach: readonly string[], open: string | null): Promise<Level> {
  if (open === null) {
    const own = await Promise.all(reach.map((area) => ask(areaShow, { area })))
    return { area: null, areas: own.map(({ area }) => area), problem: null }
  }
  const { area, children } = await ask(areaChildren, { area: open })
  const own = areaLevel(open) === 'subdistrict' || areaLevel(open) === 'village' || reach.includes(open)
  // The place itself comes first, to be taken as a whole.
  const whole = own && open.length >= 4 ? [area] : []
  return { area, areas: [...whole, ...children], problem: null }
}

function useFound(reach: readonly string[], typed: string): AreaWithPath[] | null {
  const [found, setFound] = useState<{ typed: string; areas: AreaWithPath[] } | null>(null)
  const words = typed.trim()
  useEffect(() => {
    if (words.length < 2) return
    let isCurrent = true
    const show = (areas: AreaWithPath[]) => {
      if (isCurrent) setFound({ typed: words, areas })
    }
    const timer = setTimeout(() => {
      findAreas(ask, reach, words).then(show, () => show([]))
    }, settleMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [words, reach])
  return found?.typed === words ? found.areas : null
}

type Size = { state: 'asking' } | { state: 'failed' } | { state: 'known'; households: number; bytes: number }

/** How much would come, asked once the choice stands still. */
function useSize(province: string, areas: readonly string[]): { size: Size; again: () => void } {
  const phone = usePhone()
  const [told, setTold] = useState<{ key: string; size: Size } | null>(null)
  const [times, setTimes] = useState(0)
  const key = `${areas.join()} ${times}`
  useEffect(() => {
    const codes = key.split(' ')[0] ?? ''
    if (codes === '') return
    let isCurrent = true
    const show = (size: Size) => {
      if (isCurrent) setTold({ key, size })
    }
    const timer = setTimeout(() => {
      phone.estimate(province, codes.split(',')).then(
        (answer) => show({ state: 'known', ...answer }),
        () => show({ state: 'failed' }),
      )
    }, settleMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [phone, key, province])
  return {
    size: told?.key === key ? told.size : { state: 'asking' },
    again: () => setTimes((before) => before + 1),
  }
}

function Estimate({ size, again }: { size: Size; again: () => void }) {
  const text = useText(fieldText).start
  const common = useText(commonText)
  const format = useFormat()
  if (size.state === 'asking') return <p className="estimate soft">{text.estimating}</p>
  if (size.state === 'failed')
    return (
      <Notice tone="attention" title={text.estimateFailed} actions={<Button onPress={again}>{common.retry}</Button>} />
    )
  const { households, bytes } = size
  return (
    <div className="estimate" aria-live="polite">
      <p>
        <strong>{text.estimate(format.number(households), format.bytes(bytes))}</strong>
      </p>
      <p className="soft">{text.estimateTime(format.duration(Math.max(1, bytes / slowLine)))}</p>
      {households > mostHouseholds ? (
        <Notice tone="danger" title={text.beyond(format.number(mostHouseholds))} />
      ) : (
        households > manyHouseholds && <Notice tone="attention" title={text.tooMany} />
      )}
    </div>
  )
}

/** The villages of each place go along: a household found there is filed without a line. */
async function withVillages(chosen: readonly ChosenArea[]): Promise<ChosenArea[]> {
  const all: ChosenArea[] = []
  for (const area of chosen) {
    if (areaLevel(area.code) === 'village') {
      const subdistrict = await ask(areaChildren, { area: areaAt(area.code, 'subdistrict') })
      all.push({ ...area, villages: subdistrict.children.filter(({ code }) => code === area.code).map(named) })
    } else if (areaLevel(area.code) === 'subdistrict') {
      all.push({ ...area, villages: (await ask(areaChildren, { area: area.code })).children.map(named) })
    } else {
      const { children } = await ask(areaChildren, { area: area.code })
      const below = await Promise.all(children.map(({ code }) => ask(areaChildren, { area: code })))
      all.push({ ...area, villages: below.flatMap((one) => one.children.map(named)) })
    }
  }
  return all
}

function named({ code, nameTh, nameEn }: AreaAnswer) {
  return { code, nameTh, nameEn }
}
