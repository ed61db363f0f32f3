import { ok, type Result } from '../desk/errors.ts';
import type { StoreWriter } from '../store/api.ts';
import type { Clock } from './clock.ts';

/** The right of one window at a time to do something, kept up by a heartbeat. */
export interface Lease {
  /** False as soon as another window could have taken it: after a sleep or a change of the clock, before the heartbeat noticed. */
  held(): boolean;
  release(): Promise<void>;
}

export interface LeaseHolder {
  writer: StoreWriter;
  clock: Clock;
  windowId: string;
  leaseMs: number;
}

/** Gives nothing while another window holds it. */
export async function takeLease(
  { writer, clock, windowId, leaseMs }: LeaseHolder,
  name: string,
): Promise<Result<Lease | undefined>> {
  let [since, until] = [0, 0];
  let over = false;
  const renew = async (): Promise<Result<boolean>> => {
    const now = clock.now();
    const taken = await writer.run('takeLease', { name, holder: windowId, until: now + leaseMs, now });
    if (taken.ok && taken.value) [since, until] = [now, now + leaseMs];
    return taken;
  };
  const taken = await renew();
  if (!taken.ok) return taken;
  if (!taken.value) return ok(undefined);
  const beat = () => clock.after(leaseMs / 3, () => void renewed());
  const renewed = async (): Promise<void> => {
    if (over) return;
    const renewal = await renew();
    // A store that could not be written to may be so a moment later; `held` goes by the time until then.
    if (renewal.ok && !renewal.value) over = true;
    else timer = beat();
  };
  let timer = beat();
  return ok({
    held: () => !over && since <= clock.now() && clock.now() < until,
    async release() {
      over = true;
      timer.dispose();
      await writer.run('releaseLease', { name, holder: windowId });
    },
  });
}
