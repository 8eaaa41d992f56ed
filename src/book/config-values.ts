/** What a configuration comes to, and what counts where there is none. */
import { DEFAULT_SETTINGS, type Settings } from '../model.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import type { OwnFolder } from './own-migrations.ts'

export interface Config {
  /** Absolute: patterns and paths start from its folder. Empty where there is none. */
  readonly file: string
  /** What migrations may ask; heading ids are by absolute path, until {@link settingsIn} knows the book. */
  readonly settings: Settings
  /** File name endings of chapters, with the dot. */
  readonly extensions: readonly string[]
  /** Glob patterns of chapters; all files where there is none. */
  readonly include: readonly string[]
  /** Glob patterns of files that are no chapters. */
  readonly ignore: readonly string[]
  /** Glob patterns of other files that are searched for legacy syntax, and never changed. */
  readonly residue: readonly string[]
  readonly limits: Limits
  /** Migrations that are switched on or off, as they are named there. */
  readonly migrations: readonly Switch[]
  /** Where the project has migrations of its own; absent where it has none. */
  readonly own?: OwnFolder
  /** The pack of migrations that it names; absent where it names none. */
  readonly pack?: NamedPack
}

/** A pack, by a name that may be none's. */
export interface NamedPack {
  readonly name: string
  /** Where the configuration says so. */
  readonly place: string
  /** Whether the migrations that mdshift brings for every book are made too, before it. */
  readonly bundled: boolean
}

/** One line of `migrations`. */
export interface Switch {
  readonly name: string
  readonly on: boolean
  readonly place: string
}

export const DEFAULT_CONFIG: Config = {
  file: '',
  settings: DEFAULT_SETTINGS,
  extensions: ['.md'],
  include: [],
  ignore: [],
  residue: [],
  limits: DEFAULT_LIMITS,
  migrations: [],
}
