/**
 * mdshift's public API: what a migration is written with. The bundled ones use this and nothing else.
 */

export { factsIn } from './book/assembled.ts'
export { defineConfig, type UserConfig } from './book/define-config.ts'
export type { Scope, Scopes } from './book/definitions.ts'
export type { Meaning, Meanings, Mention, PlacedDefinition } from './book/meanings.ts'
export { labelId } from './label-id.ts'
export {
  type ChapterFragments,
  type FragmentLink,
  fragmentsOf,
  type HeadingFact,
  leadTo,
} from './markdown/fragments.ts'
export {
  freeId,
  type HeadingName,
  headingIds,
  headingText,
  MDBOOK_EDITIONS,
  type MdbookEdition,
  mdbookId,
} from './markdown/heading-id.ts'
export { type FragileLabels, fragileLabels, type LabelUse, labelsOf, relabel } from './markdown/labels.ts'
export { type Opaque, opaqueOf } from './markdown/opaque.ts'
export { type Chapter, endOf, sourceOf, startOf } from './markdown/parse.ts'
export { bracketsIn, type Prose, proseOf } from './markdown/prose.ts'
export type { Field, FieldSpan, Spans } from './markdown/spans.ts'
export type { HeadingAttributes, MdbookDirective, MdbookWikilink } from './markdown/tree.ts'
export type {
  Change,
  Definition,
  Edit,
  GrammarSettings,
  Leftover,
  LeftoverKind,
  NamespaceDivision,
  Outcome,
  Settings,
  Span,
  Subject,
} from './model.ts'
export { type Blocks, b, type Inlines } from './transform/builders.ts'
export { type Beside, type FlowContent, isFlow, type NodeOf } from './transform/collection/content.ts'
export { addClass, removeClass, setHeadingId } from './transform/collection/heading-attributes.ts'
export type { Fields, Pattern } from './transform/collection/match.ts'
export type { NodePath } from './transform/collection/path.ts'
export { renameFootnote, renameLabel } from './transform/collection/rename-label.ts'
export { replaceText, type TextOptions, type TextReplacement } from './transform/collection/replace-text.ts'
export { setUrl } from './transform/collection/set-url.ts'
export { PrintError } from './transform/collection/source.ts'
export type { Within } from './transform/collection/within.ts'
export type { Ask, Collection, Given } from './transform/collection.ts'
export {
  type Answer,
  type BookView,
  defineTransform,
  type Example,
  type Found,
  type LabelAnswer,
  type NearMiss,
  type Place,
  type Scan,
  type Transform,
  type TransformDefinition,
} from './transform/define.ts'
export type { EditableChapter } from './transform/editable.ts'
export {
  type FragmentVerdict,
  type HeadingIdPlan,
  type HeadingPlace,
  type PlaceTable,
  planHeadingIds,
  scanForHeadingIds,
} from './transform/heading-ids.ts'
export { blocksOf, inlinesOf, type MdOptions, md } from './transform/md.ts'
export type { API, FileInfo, Options, PlainTransform } from './transform/plain.ts'
export {
  planRenames,
  type RenamePlan,
  refusalAt,
  refusalEverywhere,
  scanForRenames,
} from './transform/renames.ts'
