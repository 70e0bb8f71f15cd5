import { createElement, Suspense, use, type ComponentType, type ReactNode } from "react";

import { unreachable } from "../api/problem";
import { PageFault } from "../parts/fault";
import { Loading } from "../parts/states";
import { wordsOfPages } from "../words";

interface PageModule {
  Component: ComponentType;
}

export interface PageComponent {
  (): ReactNode;
  /** Begin to load the page. */
  preload: () => void;
}

/** A page that is loaded when it is first shown, together with the words of all pages. */
export function page(load: () => Promise<PageModule>): PageComponent {
  let loaded: Promise<ComponentType> | undefined;
  const component = () =>
    (loaded ??= Promise.all([load(), wordsOfPages()]).then(
      ([module]) => module.Component,
      () => {
        throw unreachable();
      },
    ));
  // After a failure the page is loaded again when it is shown the next time.
  const forget = () => {
    loaded = undefined;
  };
  function Page() {
    return (
      <PageFault onError={forget}>
        <Suspense fallback={<Loading />}>
          <Loaded component={component} />
        </Suspense>
      </PageFault>
    );
  }
  // A failure is shown when the page is.
  Page.preload = () => void component().catch(() => undefined);
  return Page;
}

function Loaded({ component }: { component: () => Promise<ComponentType> }) {
  return createElement(use(component()));
}
