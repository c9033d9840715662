/** A household that stands on no list (ครัวเรือนตกหล่น), as it is found: checked against the registry once there is a line. */
import { useEffect, useState } from 'react'
import type { HouseholdDraft, MemberDraft } from '../../contract/households.ts'
import type { PhoneItem } from '../../contract/sync.ts'
import { villageCode } from '../../domain/area.ts'
import { householdTextLimits } from '../../domain/household.ts'
import { memberTextLimits } from '../../domain/member.ts'
import type { PhoneHouseholdView } from '../offline/phone.ts'
import { addressLine, areaName } from '../text/area.ts'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { useFormat } from '../text/format.ts'
import { alikeHouseholds } from './caseload.ts'
import { HappenedOn } from './DayField.tsx'
import { nameOfForm } from './forms.ts'
import { saveForm } from './save.ts'
import { KeptMark, type Saving, Unkept } from './KeptMark.tsx'
import { readKept, useKeeping } from './keep.ts'
import { type ChosenArea, known, type KnownVillage } from './known.ts'
import { Button, Choices, Notice, Screen, Spinner, TextArea, TextInput, useFirstFault } from './parts.tsx'
import { useHouseholds, usePhone } from './phone.tsx'
import { go, goBack } from './router.ts'
import { PlaceStep } from './visit/PlaceStep.tsx'
import type { TypedContents } from '../pages/logbook/typed.ts'

interface TypedPerson {
  title: string
  firstName: string
  lastName: string
  relation: string
}

interface FoundDraft {
  id: string
  step: (typeof foundSteps)[number]
  happenedOn: string | null
  /** Eight digits; '' until it is chosen, `other` with the number beside it. */
  village: string
  subdistrict: string
  moo: string
  villageName: string
  houseNumber: string
  phone: string
  note: string
  head: TypedPerson
  others: TypedPerson[]
  place: TypedContents['visit']['place']
  separateReason: string
}

const foundSteps = ['where', 'who', 'members', 'place'] as const
const otherVillage = 'other'
const nobody: TypedPerson = { title: '', firstName: '', lastName: '', relation: '' }

export function Found({ draftId }: { draftId: string }) {
  const phone = usePhone()
  const common = useText(commonText)
  const [begun, setBegun] = useState<FoundDraft | null>(null)
  useEffect(() => {
    let isCurrent = true
    void readKept(phone, nameOfForm({ kind: 'found', draft: draftId })).then((draft) => {
      if (isCurrent) setBegun((draft as FoundDraft | null) ?? newFound(draftId, phone.today()))
    })
    return () => {
      isCurrent = false
    }
  }, [phone, draftId])
  if (!begun)
    return (
      <Screen title={common.loading}>
        <Spinner label={common.loading} />
      </Screen>
    )
  return <FoundForm begun={begun} onSaved={() => go({ page: 'saved', id: null }, { replace: true })} />
}

function newFound(id: string, { day, isSure }: { day: string; isSure: boolean }): FoundDraft {
  const villages = known().areas.flatMap((area) => area.villages)
  return {
    id,
    step: 'where',
    happenedOn: isSure ? day : null,
    village: villages.length === 1 ? (villages[0]?.code ?? '') : '',
    subdistrict: '',
    moo: '',
    villageName: '',
    houseNumber: '',
    phone: '',
    note: '',
    head: nobody,
    others: [],
    place: null,
    separateReason: '',
  }
}

/** Those of the chosen places, and those where households of this phone stand. */
function villagesOf(areas: readonly ChosenArea[], households: readonly PhoneHouseholdView[]): KnownVillage[] {
  const found = new Map(areas.flatMap((area) => area.villages).map((village) => [village.code, village]))
  for (const { place } of households)
    if (place.village !== null && place.moo !== null && !found.has(place.areaCode))
      found.set(place.areaCode, { code: place.areaCode, nameTh: place.village, nameEn: null })
  return [...found.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
}

type FoundFault = 'village' | 'moo' | 'name' | 'day'

function FoundForm({ begun, onSaved }: { begun: FoundDraft; onSaved: () => void }) {
  const phone = usePhone()
  const households = useHouseholds()
  const text = useText(fieldFormText)
  const common = useText(commonText)
  const field = useText(fieldText)
  const format = useFormat()
  const [draft, setDraft] = useState(begun)
  const [faults, setFaults] = useState<ReadonlySet<FoundFault>>(new Set())
  const [state, setState] = useState<Saving>('typing')
  const name = nameOfForm({ kind: 'found', draft: draft.id })
  const keeping = useKeeping(name, draft)
  useFirstFault(faults, draft.step)
  const today = phone.today()
  const change = (changes: Partial<FoundDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const at = foundSteps.indexOf(draft.step)
  const { areas } = known()
  const villages = villagesOf(areas, households ?? [])
  const codes = [...villages, ...areas, ...phone.status().areas.map((code) => ({ code }))].map(({ code }) => code)
  const subdistricts = [...new Set(codes.map((code) => code.slice(0, 6)))].filter((code) => code.length === 6)
  const alike = households ? alikeHouseholds(households, draft.head) : []

  async function save() {
    const missing = faultsOf(draft)
    setFaults(missing)
    if (missing.size > 0) {
      change({ step: missing.has('name') ? 'who' : 'where' })
      return
    }
    setState('saving')
    const item = itemOfFound(draft, subdistricts)
    const { household } = item
    setState(await saveForm({ phone, keeping, name, household, items: [item], photoIds: [], onSaved }))
  }
  const goTo = (step: FoundDraft['step'] | undefined) => {
    if (step) change({ step })
    window.scrollTo(0, 0)
  }
  const isLast = at === foundSteps.length - 1
  const personFields = (person: TypedPerson, onPerson: (changes: Partial<TypedPerson>) => void, isHead: boolean) => (
    <>
      <Choices
        label={text.found.titleName}
        isCompact
        options={[text.titles.mr, text.titles.mrs, text.titles.miss].map((title) => ({ id: title, label: title }))}
        value={[person.title]}
        onChange={([title]) => onPerson({ title: title ?? '' })}
      />
      <TextInput
        label={text.found.firstName}
        autoComplete="off"
        maxLength={memberTextLimits.firstName}
        fault={isHead && faults.has('name') ? text.found.nameNeeded : null}
        value={person.firstName}
        onChange={(firstName) => onPerson({ firstName })}
      />
      <TextInput
        label={text.found.lastName}
        autoComplete="off"
        maxLength={memberTextLimits.lastName}
        value={person.lastName}
        onChange={(lastName) => onPerson({ lastName })}
      />
    </>
  )

  return (
    <Screen
      key={draft.step}
      title={
        { where: text.found.where, who: text.found.who, members: text.found.members, place: text.steps.place }[
          draft.step
        ]
      }
      top={
        <>
          <div className="step-top">
            <Button kind="quiet" icon="chevronLeft" onPress={() => void keeping.flush().then(goBack)}>
              {text.leave}
            </Button>
            <span className="soft number">{text.step(String(at + 1), String(foundSteps.length))}</span>
          </div>
          <p className="whose">{text.found.title}</p>
        </>
      }
      actions={
        <>
          <KeptMark keeping={keeping} />
          <div className="pair">
            {at > 0 && <Button onPress={() => goTo(foundSteps[at - 1])}>{common.back}</Button>}
            {isLast ? (
              <Button kind="primary" isBig isPending={state === 'saving'} onPress={() => void save()}>
                {state === 'saving' ? text.saving : text.save}
              </Button>
            ) : (
              <Button kind="primary" isBig onPress={() => goTo(foundSteps[at + 1])}>
                {common.next}
              </Button>
            )}
          </div>
        </>
      }
    >
      {draft.step === 'where' && (
        <>
          <p className="lead">{text.found.lead}</p>
          <HappenedOn
            day={draft.happenedOn}
            today={today}
            fault={faults.has('day') ? text.day.notChosen : null}
            onDay={(happenedOn) => change({ happenedOn })}
          />
          <Choices
            label={text.found.where}
            isLabelHidden
            fault={faults.has('village') ? text.found.villageNeeded : null}
            options={[
              ...villages.map((village) => ({
                id: village.code,
                label: areaName({ ...village, level: 'village' }, format.locale),
              })),
              { id: otherVillage, label: text.found.otherVillage },
            ]}
            value={[draft.village]}
            onChange={([village]) => change({ village: village ?? '' })}
          />
          {draft.village === otherVillage && (
            <>
              {subdistricts.length > 1 && (
                <Choices
                  label={field.settings.areas}
                  isCompact
                  options={subdistricts.map((code) => {
                    const area = areas.find((one) => one.code === code)
                    return { id: code, label: area ? areaName(area, format.locale) : code }
                  })}
                  value={[draft.subdistrict || (subdistricts[0] ?? '')]}
                  onChange={([subdistrict]) => change({ subdistrict: subdistrict ?? '' })}
                />
              )}
              <TextInput
                label={text.found.moo}
                inputMode="numeric"
                maxLength={2}
                fault={faults.has('moo') ? text.found.mooNeeded : null}
                value={draft.moo}
                onChange={(moo) => change({ moo: moo.replace(/\D/g, '') })}
              />
              <TextInput
                label={text.found.villageName}
                maxLength={householdTextLimits.villageName}
                value={draft.villageName}
                onChange={(villageName) => change({ villageName })}
              />
            </>
          )}
          <TextInput
            label={text.found.houseNumber}
            maxLength={householdTextLimits.houseNumber}
            value={draft.houseNumber}
            onChange={(houseNumber) => change({ houseNumber })}
          />
        </>
      )}
      {draft.step === 'who' && (
        <>
          {personFields(draft.head, (changes) => change({ head: { ...draft.head, ...changes } }), true)}
          {alike.length > 0 && (
            <Notice
              tone="attention"
              title={text.found.alike}
              isLive
              actions={alike.map((one) => (
                <Button key={one.id} onPress={() => go({ page: 'household', id: one.id })}>
                  {`${one.headName ?? '–'} ${addressLine(one, one.place, format.locale, 'village')}`}
                </Button>
              ))}
            >
              <p>{text.found.alikeLead}</p>
              <TextInput
                label={text.found.whyNot}
                maxLength={300}
                value={draft.separateReason}
                onChange={(separateReason) => change({ separateReason })}
              />
            </Notice>
          )}
          <TextInput
            label={text.found.phone}
            inputMode="tel"
            maxLength={householdTextLimits.phone}
            value={draft.phone}
            onChange={(number) => change({ phone: number })}
          />
        </>
      )}
      {draft.step === 'members' && (
        <>
          {draft.others.map((person, index) => (
            // They stay in their order, and have no id before they are recorded.
            // oxlint-disable-next-line react/no-array-index-key
            <fieldset key={index} className="person">
              <legend>{text.found.member(String(index + 2))}</legend>
              {personFields(
                person,
                (changes) =>
                  change({
                    others: draft.others.map((one, place) => (place === index ? { ...one, ...changes } : one)),
                  }),
                false,
              )}
              <TextInput
                label={text.found.relation}
                maxLength={memberTextLimits.relation}
                value={person.relation}
                onChange={(relation) =>
                  change({ others: draft.others.map((one, place) => (place === index ? { ...one, relation } : one)) })
                }
              />
              <Button
                kind="quiet"
                icon="cross"
                onPress={() => change({ others: draft.others.filter((_, place) => place !== index) })}
              >
                {text.found.removeMember(String(index + 2))}
              </Button>
            </fieldset>
          ))}
          <Button icon="plus" onPress={() => change({ others: [...draft.others, nobody] })}>
            {text.found.addMember}
          </Button>
        </>
      )}
      {draft.step === 'place' && (
        <>
          <PlaceStep place={draft.place} isKnown={false} onPlace={(place) => change({ place })} />
          <TextArea
            label={text.found.note}
            hint={text.optionalWords}
            maxLength={householdTextLimits.note}
            value={draft.note}
            onChange={(note) => change({ note })}
          />
        </>
      )}
      <Unkept saving={state} keeping={keeping} />
    </Screen>
  )
}

function faultsOf(draft: FoundDraft): Set<FoundFault> {
  const faults = new Set<FoundFault>()
  if (draft.happenedOn === null) faults.add('day')
  if (draft.village === '') faults.add('village')
  if (draft.village === otherVillage && !(Number(draft.moo) > 0)) faults.add('moo')
  if (draft.head.firstName.trim() === '') faults.add('name')
  return faults
}

const orNull = (text: string) => text.trim() || null

function itemOfFound(draft: FoundDraft, subdistricts: readonly string[]): PhoneItem {
  const isOther = draft.village === otherVillage
  const areaCode = isOther
    ? villageCode(draft.subdistrict || (subdistricts[0] ?? ''), Number(draft.moo))
    : draft.village
  const members = [draft.head, ...draft.others.filter(({ firstName }) => firstName.trim() !== '')]
  const household: HouseholdDraft = {
    areaCode,
    villageName: isOther ? orNull(draft.villageName) : null,
    houseCode: null,
    familyNumber: null,
    houseNumber: orNull(draft.houseNumber),
    lane: null,
    road: null,
    phone: orNull(draft.phone),
    latitude: draft.place?.latitude ?? null,
    longitude: draft.place?.longitude ?? null,
    note: orNull(draft.note),
    members: members.map(memberOf),
  }
  const reason = draft.separateReason.trim()
  return {
    kind: 'household',
    household: { province: areaCode.slice(0, 2), id: draft.id },
    draft: household,
    foundOn: draft.happenedOn ?? '',
    separateReason: reason.length >= 3 ? reason : null,
  }
}

function memberOf({ title, firstName, lastName, relation }: TypedPerson, index: number): MemberDraft {
  return {
    order: index + 1,
    relation: orNull(relation),
    title: orNull(title),
    firstName: firstName.trim(),
    lastName: orNull(lastName),
    nationalId: null,
    sex: null,
    birthDate: null,
    birthPrecision: null,
    occupation: null,
    annualIncome: null,
  }
}
