/** Names of the drafts, and which form each belongs to. Pure. */
import type { Place } from './router.ts'

export type Form =
  | { kind: 'visit'; id: string }
  | { kind: 'help'; id: string }
  | { kind: 'found'; draft: string }
  | { kind: 'correct'; id: string; entryId: string }

export function nameOfForm(form: Form): string {
  switch (form.kind) {
    case 'found':
      return `found/${form.draft}`
    case 'correct':
      return `correct/${form.id}/${form.entryId}`
    default:
      return `${form.kind}/${form.id}`
  }
}

/** Null for what is no form: photographs, and what the forms need to know. */
export function formOf(name: string): Form | null {
  const [kind, id = '', entryId = ''] = name.split('/')
  switch (kind) {
    case 'visit':
    case 'help':
      return { kind, id }
    case 'found':
      return { kind, draft: id }
    case 'correct':
      return { kind, id, entryId }
    default:
      return null
  }
}

export function placeOfForm(form: Form): Place {
  switch (form.kind) {
    case 'found':
      return { page: 'found', draft: form.draft }
    case 'correct':
      return { page: 'correct', id: form.id, entryId: form.entryId }
    default:
      return { page: form.kind, id: form.id }
  }
}
