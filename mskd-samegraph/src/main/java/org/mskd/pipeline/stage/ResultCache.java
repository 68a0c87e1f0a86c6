package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * Finished results of stages outside of any output directory, {@code ID/KEY/}, laid out as kept
 * results are, and like them found by a digest of their inputs. Several builds may use one cache at
 * once. What is taken is a copy whose digests were checked, so that a damaged entry is never used.
 * Errors of the cache fail no build.
 */
public final class ResultCache {
  /** No cache. */
  public static final ResultCache NONE = new ResultCache(Optional.empty(), 0);

  private final Optional<CacheEntries> entries;
  private final long mostBytes;

  private ResultCache(Optional<CacheEntries> entries, long mostBytes) {
    this.entries = entries;
    this.mostBytes = mostBytes;
  }

  /**
   * A cache in a folder that {@link CacheFolder} has checked.
   *
   * @param mostBytes the largest length of all files together
   */
  public static ResultCache in(Path folder, long mostBytes) {
    return new ResultCache(Optional.of(new CacheEntries(folder)), mostBytes);
  }

  /** Whether there is a cache. */
  public boolean exists() {
    return entries.isPresent();
  }

  /** The result of a stage with these inputs; its files are not checked. */
  Optional<CacheEntry> find(String stageId, SortedMap<String, String> inputs) {
    return entries
        .map(all -> entry(all, stageId, inputs))
        .filter(entry -> entry.stamp().filter(stamp -> stamp.inputs().equals(inputs)).isPresent());
  }

  /** Whether the result with this stamp is in the cache. */
  public boolean holds(String stageId, StageStamp stamp) {
    return find(stageId, stamp.inputs()).isPresent();
  }

  private static CacheEntry entry(
      CacheEntries all, String stageId, SortedMap<String, String> inputs) {
    return new CacheEntry(all.folder().resolve(stageId).resolve(KeptResults.key(inputs)));
  }

  /**
   * The newest result of a stage whose inputs are these and perhaps some more, which are known only
   * when the backend is loaded.
   *
   * @param more how many inputs may be unknown
   */
  Optional<StageStamp> findKnown(String stageId, SortedMap<String, String> known, int more) {
    List<CacheEntry> newest =
        new ArrayList<>(
            entries
                .map(all -> CacheEntries.below(all.folder().resolve(stageId)))
                .orElse(List.of()));
    Collections.reverse(newest);
    return newest.stream()
        .flatMap(entry -> entry.stamp().stream())
        .filter(stamp -> stamp.inputs().size() <= known.size() + more)
        .filter(stamp -> stamp.inputs().entrySet().containsAll(known.entrySet()))
        .findFirst();
  }

  /** Removes a damaged entry, so that the next result takes its place. */
  void remove(CacheEntry entry) {
    entries.ifPresent(all -> all.removeDamaged(entry));
  }

  /**
   * Adds the current result of a stage, and removes the entries that were not used for the longest
   * time until the bound holds.
   *
   * @param outputDirectory where the result lies
   * @param report receives why it could not be added
   */
  void add(String stageId, StageStamp stamp, Path outputDirectory, Consumer<String> report) {
    if (entries.isEmpty()) {
      return;
    }
    if (stamp.bytes() > mostBytes) {
      report.accept(
          "not cached: its result of %s is larger than <cacheSize>"
              .formatted(DiskSpace.text(stamp.bytes())));
      return;
    }
    CacheEntry made = new CacheEntry(entries.get().fresh());
    try {
      CacheEntry entry = entry(entries.get(), stageId, stamp.inputs());
      if (!Files.exists(entry.folder())) {
        made.write(stamp, outputDirectory);
        entries.get().publish(made.folder(), entry.folder());
      }
      entries.get().limit(mostBytes);
    } catch (IOException e) {
      report.accept("not cached: " + WriteFailure.reason(e));
      entries.get().remove(made);
    } catch (UncheckedIOException | BadInputException e) {
      report.accept("not cached: " + e.getMessage());
      entries.get().remove(made);
    }
  }
}
