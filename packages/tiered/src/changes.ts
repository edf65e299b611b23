import { NO_TAGS } from "./arguments.ts"
import { freshTime } from "./fresh-time.ts"
import type { Loading, LoadingContext } from "./loading.ts"
import type { Partitions } from "./partitions.ts"
import type { TierEntry, TierMessage } from "./tier.ts"

export interface ChangesContext<V> extends LoadingContext<V> {
  readonly loading: Loading<V>
  readonly partitions: Partitions
  /** Who this process is. */
  readonly origin: string
}

/** What is changed by this process, and what it hears that others have changed. */
export class Changes<V> {
  private readonly context: ChangesContext<V>

  constructor(context: ChangesContext<V>) {
    this.context = context
  }

  hear(message: TierMessage): void {
    const { loading, counts, origin } = this.context
    if (message.kind === "ended") {
      loading.waits.tell(message.key)
      return
    }
    // What this process has changed, it has changed here before.
    if (message.origin === origin) return
    counts.changes++
    if (message.kind === "key") this.forget(message.key)
    else if (message.kind === "tag") this.forgetTags([message.tag])
    else this.forgetAll()
  }

  /** What is here may be out of date: nothing stays. */
  forgetAll(): void {
    this.context.local.changeAll()
    this.context.loading.detachAll()
  }

  set(key: string, value: V, ttl: number | undefined, tags: readonly string[]): Promise<boolean> {
    const { settings, local, loading, remoteOf } = this.context
    const { clock, staleWhileRevalidate, staleIfError } = settings
    const remote = remoteOf(key)
    const fresh = freshTime(settings, key, value, ttl)
    if (fresh === 0) return this.delete(key)
    const now = clock.now()
    const life = remote.isDown ? Math.min(fresh, settings.whileDown) : fresh
    const kept = Math.max(staleWhileRevalidate, staleIfError)
    const renewAt = now + life * settings.refreshAhead
    loading.detach(key)
    local.put(key, now, value, { until: now + life, renewAt, tags, ttl: life + kept })
    const entry = this.entryOf(key, value, fresh, kept, tags)
    return entry ? remote.write(key, entry) : remote.remove(key).then(() => false)
  }

  delete(key: string): Promise<boolean> {
    this.forget(key)
    return this.context.remoteOf(key).remove(key)
  }

  async invalidate(tags: readonly string[]): Promise<boolean> {
    if (tags.length === 0) return true
    this.forgetTags(tags)
    return this.everywhere((remote) => remote.invalidate(tags))
  }

  clear(): Promise<boolean> {
    this.forgetAll()
    return this.everywhere((remote) => remote.clear())
  }

  private forget(key: string): void {
    this.context.local.change(key)
    this.context.loading.detach(key)
  }

  private forgetTags(tags: readonly string[]): void {
    this.context.local.changeTags(tags)
    this.context.loading.detachTags(tags)
  }

  private async everywhere(
    act: (remote: Partitions["all"][number]) => Promise<boolean>,
  ): Promise<boolean> {
    const taken = await Promise.all(this.context.partitions.all.map(act))
    return taken.every(Boolean)
  }

  private entryOf(
    key: string,
    value: V,
    fresh: number,
    kept: number,
    tags: readonly string[] = NO_TAGS,
  ): TierEntry | undefined {
    try {
      const { packing } = this.context
      return { ...packing.pack(value), fresh: Math.ceil(fresh), kept: Math.ceil(kept), tags }
    } catch (error) {
      this.context.report(error, "encode", key)
      return undefined
    }
  }
}
