import type { Example } from 'mdshift'

export const examples: readonly Example[] = [
  {
    title: 'A badge row, and its definitions',
    before: `[![slab][c-slab-badge]][c-slab] [![slab-lib.rs][c-slab-lib.rs-badge]][c-slab-lib.rs]

[c-slab]: https://docs.rs/slab
[c-slab-badge]: https://img.shields.io/crates/v/slab
[c-slab-lib.rs]: https://lib.rs/crates/slab
[c-slab-lib.rs-badge]: https://img.shields.io/badge/lib.rs-slab-yellow
`,
    after: `[![slab][c~slab~docs~badge]][c~slab~docs] [![slab~lib.rs][c~slab~lib.rs~badge]][c~slab~lib.rs]

[c~slab~docs]: https://docs.rs/slab
[c~slab~docs~badge]: https://img.shields.io/crates/v/slab
[c~slab~lib.rs]: https://lib.rs/crates/slab
[c~slab~lib.rs~badge]: https://img.shields.io/badge/lib.rs-slab-yellow
`,
  },
  {
    title: 'The target says which crate is meant; a shortcut keeps the text that is seen',
    before: `[c-cargo] installs, [quicker][c-cargo-quickinstall-lib.rs].

[c-cargo]: https://docs.rs/cargo
[c-cargo-quickinstall-lib.rs]: https://lib.rs/crates/cargo-quickinstall
`,
    after: `[c-cargo][c~cargo~docs] installs, [quicker][c~cargo-quickinstall~lib.rs].

[c~cargo~docs]: https://docs.rs/cargo
[c~cargo-quickinstall~lib.rs]: https://lib.rs/crates/cargo-quickinstall
`,
  },
  {
    title: 'Recipes, categories and pages',
    before: `| [Sort floats][ex-algorithms-sort-floats] | [![cat-no-std][cat-no-std-badge]][cat-no-std] |
|---|---|

[ex-algorithms-sort-floats]: # "algorithms/sorting.md#sort-floats"
[cat-no-std]: https://crates.io/categories/no-std
[cat-no-std-badge]: https://img.shields.io/badge/No_Std-white
[p-version-control]: ../devops/version_control.md
`,
    after: `| [Sort floats][ex~algorithms~sort-floats] | [![cat~no-std][cat~no-std~badge]][cat~no-std] |
|---|---|

[ex~algorithms~sort-floats]: # "algorithms/sorting.md#sort-floats"
[cat~no-std]: https://crates.io/categories/no-std
[cat~no-std~badge]: https://img.shields.io/badge/No_Std-white
[p~version-control]: ../devops/version_control.md
`,
  },
]
