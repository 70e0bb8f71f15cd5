import { QueryClient } from "@tanstack/react-query";
import type { InvalidateOptions, InvalidateQueryFilters } from "@tanstack/react-query";

/**
 * A query client that fetches again after a change, also what was still loading for the first time.
 *
 * TanStack Query cancels and repeats a fetch for an invalidated query only if the query has data. The first fetch goes on
 * and counts as fresh, though its answer can be older than the change.
 */
export class ChangeAwareQueryClient extends QueryClient {
  override async invalidateQueries(filters: InvalidateQueryFilters = {}, options: InvalidateOptions = {}): Promise<void> {
    const loading = this.getQueryCache()
      .findAll({ ...filters, fetchStatus: "fetching" })
      .filter(({ state }) => state.data === undefined);
    await super.invalidateQueries(filters, options);
    await Promise.all(loading.map(({ queryKey }) => super.invalidateQueries({ queryKey, exact: true }, options)));
  }
}
