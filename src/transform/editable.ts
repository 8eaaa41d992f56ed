/** A chapter as a transform gets it: with a tree that may be changed. */
import type { Nodes } from 'mdast'
import { originOf, withOrigins } from '../markdown/origin.ts'
import type { Chapter } from '../markdown/parse.ts'
import type { NodeOf } from './collection/content.ts'
import type { Pattern } from './collection/match.ts'
import { pathTo } from './collection/path.ts'
import type { Source } from './collection/source.ts'
import { Collection } from './collection.ts'

/** A chapter whose tree may be changed in any way: what changed is printed when the transform is done. */
export interface EditableChapter extends Chapter {
  /**
   * The nodes of a type, or of several.
   *
   * @param type as mdast names it: `heading`, `link`, `mdbookDirective` …
   * @param filter some fields as they have to be, or a function that is asked about each node
   */
  find<Type extends Nodes['type']>(
    type: Type | readonly Type[],
    filter?: Pattern<NodeOf<Type>>,
  ): Collection<NodeOf<Type>>
}

/**
 * Lets a chapter be searched and changed; it is remembered as it is now, if it was not before.
 *
 * @param chapter just parsed
 * @returns the same over the same tree: to print the changes of one is to print those of the other
 */
export function editable(chapter: Chapter): EditableChapter {
  if (!originOf(chapter.tree)) withOrigins(chapter)
  return searchable(chapter)
}

/** Lets a chapter be searched; what is changed in its tree is not printed. */
export function searchable(chapter: Chapter): EditableChapter {
  const source: Source = { chapter, mark: '' }
  return {
    ...chapter,
    find: (type, filter) => new Collection(source, [pathTo(source, chapter.tree)]).find(type, filter),
  }
}
