/** A plugin of Vite that fails the build when too much is loaded before the first page. */

import { gzipSync } from "node:zlib";

import type { Plugin, Rollup } from "vite";

const BUDGET_KB = 120;

/** What index.html loads: the entry, what it imports without a condition, and their styles. The code and the words of
 * pages are loaded later and do not count. */
export function firstLoad(): Plugin {
  return {
    name: "first-load",
    generateBundle(_, bundle) {
      const sizes = new Map<string, number>();
      const add = (file: string): void => {
        const part = bundle[file];
        if (!part || sizes.has(file)) return;
        sizes.set(file, gzipSync(part.type === "chunk" ? part.code : part.source).length / 1000);
        if (part.type !== "chunk") return;
        for (const each of [...part.imports, ...stylesOf(part)]) add(each);
      };
      for (const [file, part] of Object.entries(bundle)) if (part.type === "chunk" && part.isEntry) add(file);
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      const words = `the first load is ${total.toFixed(1)} kB gzip, of ${BUDGET_KB} kB at most`;
      if (total <= BUDGET_KB) this.info(words);
      else this.error(`${words}: ${[...sizes].map(([file, size]) => `${file} ${size.toFixed(1)}`).join(", ")}`);
    },
  };
}

function stylesOf(part: Rollup.OutputChunk): Iterable<string> {
  return (part as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? [];
}
