import type { Example } from 'mdshift'

export const examples: readonly Example[] = [
  {
    title: 'A warning',
    before: 'Mind this:\n\n```admonish warning\nThe gauge overflows at *40 mm*.\n\n- Empty it daily.\n```\n',
    after: 'Mind this:\n\n> [!WARNING]\n> The gauge overflows at *40 mm*.\n>\n> - Empty it daily.\n',
  },
  {
    title: 'In a list, with code in it',
    before: '1. Read it.\n\n   ~~~admonish tip title="Tip"\n   ```sh\n   gauge --now\n   ```\n   ~~~\n',
    after: '1. Read it.\n\n   > [!TIP]\n   >\n   > ```sh\n   > gauge --now\n   > ```\n',
  },
  {
    title: 'One in another',
    before: '````admonish note\nKeep a log.\n\n```admonish caution\nNot in pencil.\n```\n````\n',
    after: '> [!NOTE]\n> Keep a log.\n>\n> > [!CAUTION]\n> > Not in pencil.\n',
  },
  {
    title: 'An alert has no title of its own',
    before: '```admonish warning title="Frost"\nIt bursts.\n```\n',
    after: '```admonish warning title="Frost"\nIt bursts.\n```\n',
  },
  {
    title: 'No alert is like an example',
    before: '```admonish example\nA dry week.\n```\n',
    after: '```admonish example\nA dry week.\n```\n',
  },
]
