/** What can happen to a request, with a title each. */
export const FAULTS = {
  answer: 'another response',
  delay: 'a delay',
  close: 'the connection closes before the response',
  reset: 'the connection is reset before the response',
  stall: 'no response',
  half: 'half of a JSON body',
  hold: 'it is held until you decide',
} as const;

/** When the effect of the request takes place, with a title each. */
export const PHASES = {
  before: 'none: the fault comes first',
  after: 'takes place, but the client gets the fault',
  twice: 'takes place twice',
} as const;

/** What the form for a one-off fault holds. */
export interface FaultChoice {
  readonly operation: string;
  readonly fault: keyof typeof FAULTS;
  /** 0: the first documented error. */
  readonly status: number;
  /** Seconds; empty for what the API sends itself. */
  readonly retryAfter: string;
  readonly delay: string;
  readonly phase: keyof typeof PHASES;
  readonly times: string;
  readonly image: string;
}

/** Returns the rule that a form describes. @param statuses - documented statuses of the operation. */
export function ruleOf(choice: FaultChoice, statuses: readonly number[]): Readonly<Record<string, unknown>> {
  const { operation, image, phase, times } = choice;
  return {
    match: { operation, ...(image !== '' && { image: { id: image } }) },
    ...(times !== '1' && { calls: Number(times) }),
    ...(phase !== 'before' && { phase }),
    fault: faultOf(choice, statuses),
  };
}

function faultOf({ fault, status, retryAfter, delay }: FaultChoice, statuses: readonly number[]): object {
  switch (fault) {
    case 'delay':
      return { delay };
    case 'close':
      return { cut: 'empty' };
    case 'reset':
      return { cut: 'reset' };
    case 'stall':
      return { stall: true };
    case 'hold':
      return { hold: true };
    case 'half':
      return { corrupt: 'json' };
    default: {
      const answer = statuses.includes(status) ? status : (statuses.find((each) => each >= 400) ?? 503);
      return { answer, ...(retryAfter !== '' && { retryAfter: Number(retryAfter) }) };
    }
  }
}
