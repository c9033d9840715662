/** Small line drawings, 24 × 24, in the colour of the words beside them; always decoration, never the only sign. */
import './icon.css'

const drawings = {
  alert:
    'M12 8.5v4.5M12 16.5v.01M10.4 4.3 2.8 17.5A1.85 1.85 0 0 0 4.4 20.3h15.2a1.85 1.85 0 0 0 1.6-2.8L13.6 4.3a1.85 1.85 0 0 0-3.2 0Z',
  area: 'M12 21s7-6 7-11.3A7 7 0 0 0 5 9.7C5 15 12 21 12 21ZM12 12.2a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowUp: 'M12 19V5M6 11l6-6 6 6',
  audit: 'M8 4h8a2 2 0 0 1 2 2v14l-3-2-3 2-3-2-3 2V6a2 2 0 0 1 2-2ZM9.5 9h5M9.5 12.5h5',
  centre: 'M4 20h16M5.5 20V10M18.5 20V10M3.5 10 12 4l8.5 6ZM9.5 20v-6h5v6',
  check: 'm5 12.5 4.7 4.700L19 7.5',
  chevronDown: 'm6 9.5 6 6 6-6',
  chevronLeft: 'm14.5 6-6 6 6 6',
  chevronRight: 'm9.5 6 6 6-6 6',
  circle: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5V12l3 2',
  cross: 'm6.5 6.5 11 11M17.5 6.500l-11 11',
  display:
    'M4 8h9M17 8h3M4 16h3M11 16h9M15 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 18.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  download: 'M12 4v11M7 11l5 5 5-5M4.5 20h15',
  edit: 'M4.5 19.5h4L19 9a2.1 2.1 0 0 0-3-3L5.5 16.5ZM14 8l3 3',
  eye: 'M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12ZM12 14.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Z',
  eyeClosed:
    'M4 4l16 16M9.9 6.1A9 9 0 0 1 12 5.8c6 0 9.2 6.2 9.2 6.2a15 15 0 0 1-2.8 3.5M6.3 7.7A14.5 14.5 0 0 0 2.8 12S6 18.2 12 18.2a9 9 0 0 0 4.3-1.1M10 10.2a2.7 2.7 0 0 0 3.7 3.8',
  figure: 'M4.5 20h15M7 20v-6M12 20V5M17 20V10',
  file: 'M13.5 3.5H7a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9ZM13.5 3.5V9H19',
  home: 'M4 11.5 12 4.5l8 7M6 10v9.5h4.5v-5h3v5H18V10',
  household:
    'M3.5 11.5 12 4.5l8.5 7M5.5 10v9.5h13V10M12 14.5a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM8.8 19.5a3.2 3.2 0 0 1 6.4 0',
  import: 'M12 15V4M7.5 8 12 3.5 16.5 8M4.5 14.5v4a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-4',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.7v.01',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.8 20a6.2 6.2 0 0 1 12.4 0M15.5 4.8a3.5 3.5 0 0 1 0 6.5M17.5 14.6A6.2 6.2 0 0 1 21.2 20',
  person: 'M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6ZM4.8 20.5a7.2 7.2 0 0 1 14.4 0',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.8 17.3a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM20 20l-4.5-4.5',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM19 12l1.8-1.2-1.8-3.2-2 .7a6 6 0 0 0-1.8-1L14.8 5h-3.7l-.4 2.2a6 6 0 0 0-1.8 1l-2-.7L5 10.8 6.9 12 5 13.2l1.8 3.2 2-.7a6 6 0 0 0 1.8 1l.4 2.3h3.7l.4-2.3a6 6 0 0 0 1.8-1l2 .7 1.8-3.2Z',
  signOut: 'M14 4.5H7a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h7M10.5 12H20M16.5 8.5 20 12l-3.5 3.5',
  sort: 'm8 10 4-4 4 4M8 14l4 4 4-4',
  triangle: 'M12 5 20.5 19.5H3.5Z',
  undo: 'M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3',
} as const

export type IconName = keyof typeof drawings

export function Icon({ name, size = 'md' }: { name: IconName; size?: 'sm' | 'md' | 'lg' }) {
  return (
    <svg className="icon" data-size={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  )
}
