package org.mskd.pipeline.plan;

import java.util.Optional;
import org.mskd.pipeline.request.CacheOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.CacheFolder;
import org.mskd.pipeline.stage.ResultCache;

/** The cache of a request. */
public final class ResultCaches {
  private ResultCaches() {}

  /**
   * The cache that a run uses. Its folder is made.
   *
   * @throws org.mskd.problem.BadInputException if the folder is not one of a cache, or cannot be
   *     written
   */
  public static ResultCache of(WorkerRequest request) {
    declared(request).ifPresent(cache -> CacheFolder.take(cache.directory()));
    return existing(request);
  }

  /** The cache as it is, for looking into it; its folder may be missing. */
  static ResultCache existing(WorkerRequest request) {
    return declared(request)
        .map(cache -> ResultCache.in(cache.directory(), cache.mostBytes()))
        .orElse(ResultCache.NONE);
  }

  /** Predictions of a given model are never cached: their folder is the result. */
  private static Optional<CacheOptions> declared(WorkerRequest request) {
    return request.prediction().isPresent() ? Optional.empty() : request.options().cache();
  }
}
