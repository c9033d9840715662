/** A page that breaks, or whose file cannot be fetched, says so; the menu around it keeps working. */
import { Component, type ReactNode } from 'react'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { problemCodes } from '../../domain/problem.ts'
import { Button } from './Button.tsx'
import { ProblemAlert } from './Feedback.tsx'

export class PageBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    return this.state.isBroken ? <BrokenPage /> : this.props.children
  }
}

function BrokenPage() {
  const text = useText(commonText)
  return (
    <ProblemAlert
      problem={{ problem: 'unexpected', code: problemCodes.unexpected }}
      actions={<Button onPress={() => window.location.reload()}>{text.retry}</Button>}
    />
  )
}
