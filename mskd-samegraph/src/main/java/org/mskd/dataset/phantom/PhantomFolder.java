package org.mskd.dataset.phantom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.mskd.problem.BadInputException;

/**
 * The folder of phantoms, and the changes that are allowed in it. Its stamp records them. Others
 * are drawn beside them ({@link PhantomReplacement}) and replace them when they are complete. Only
 * files that a stamp records are ever replaced or deleted; where there are others, nothing is
 * changed.
 */
final class PhantomFolder {
  static final String STAMP = "phantoms.json";

  /** Lists what an incomplete folder may hold; earlier versions drew in place. */
  static final String UNFINISHED = "phantoms-unfinished.json";

  private final Path declared;
  private final Path directory;
  private final PhantomChanges changes;
  private final PhantomReplacement replacement;

  /**
   * @param declared as the POM names it
   * @throws BadInputException if it is no folder, or cannot be read
   */
  PhantomFolder(Path declared, PhantomChanges changes) {
    this.declared = declared;
    this.directory = real(declared);
    this.changes = changes;
    this.replacement = new PhantomReplacement(directory, changes);
  }

  private static Path real(Path declared) {
    if (!Files.exists(declared, LinkOption.NOFOLLOW_LINKS)) {
      return declared.toAbsolutePath();
    }
    if (!Files.isDirectory(declared)) {
      throw new BadInputException(
          "<phantomDirectory> " + declared + " is not a folder.", "Name a folder.");
    }
    try {
      return declared.toRealPath();
    } catch (IOException e) {
      throw failed(declared, e);
    }
  }

  /** Where phantoms are drawn. */
  Path drawing() {
    return replacement.drawing();
  }

  /** Whether no drawing was interrupted here. */
  boolean isSettled() {
    return !Files.exists(replacement.drawing(), LinkOption.NOFOLLOW_LINKS)
        && PhantomStamp.read(directory.resolve(UNFINISHED)).isEmpty();
  }

  /**
   * Checks a folder without phantoms, and changes nothing; folders with phantoms are checked under
   * the lock.
   *
   * @throws BadInputException if it holds anything this package did not write
   */
  void requireOwn() {
    if (hasPhantoms()) {
      return;
    }
    try {
      Optional<Path> foreign = new PhantomAccount(directory).foreign();
      // Another build may have begun to draw since: then the folder is checked under the lock.
      if (foreign.isPresent() && !hasPhantoms()) {
        throw holds(foreign.get());
      }
    } catch (IOException e) {
      if (!hasPhantoms()) {
        throw failed(declared, e);
      }
    }
  }

  /** Whether phantoms were drawn here, or a drawing has begun. */
  private boolean hasPhantoms() {
    return !isSettled() || PhantomStamp.read(directory.resolve(STAMP)).isPresent();
  }

  /** Whether the folder already holds all of these phantoms, each as it was drawn. */
  boolean holds(PhantomStamp stamp) {
    Optional<PhantomStamp> held = PhantomStamp.read(directory.resolve(STAMP));
    return held.isPresent()
        && held.get().drawsAs(stamp)
        && stamp.paths().stream().allMatch(path -> isIntact(path, held.get().files().get(path)));
  }

  private boolean isIntact(String path, PhantomFile drawn) {
    return drawn != null && drawn.is(directory.resolve(path));
  }

  /**
   * Completes a replacement that was interrupted.
   *
   * @throws BadInputException if a file of the user is in its way
   */
  void complete() {
    Optional<PhantomStamp> next = replacement.committed();
    if (next.isEmpty()) {
      return;
    }
    try {
      if (replacement.isWhole(next.get())) {
        requireOwn(replacement.accountWith(next.get()));
        replacement.replace(next.get());
      } else {
        replacement.giveUp(next.get());
      }
    } catch (IOException e) {
      throw failed(declared, e);
    }
  }

  /**
   * Prepares drawing. Existing phantoms stay.
   *
   * @throws BadInputException if the folder holds anything this package did not write
   */
  void begin(PhantomStamp stamp) {
    try {
      requireOwn(new PhantomAccount(directory));
      requireOwn(replacement.account());
      replacement.begin(stamp);
    } catch (IOException e) {
      throw failed(declared, e);
    }
  }

  /**
   * Puts the drawn phantoms in the place of the others.
   *
   * @throws BadInputException if files were put into the folder meanwhile
   */
  void finish(PhantomStamp stamp) {
    PhantomStamp drawn = replacement.drawn(stamp);
    try {
      requireOwn(new PhantomAccount(directory));
      replacement.commit(drawn);
      replacement.replace(drawn);
    } catch (IOException e) {
      throw failed(declared, e);
    }
  }

  /** Deletes what interrupted runs left in a complete folder. */
  void settle() {
    PhantomAccount account = new PhantomAccount(directory);
    Path unfinished = directory.resolve(UNFINISHED);
    try {
      for (Path file : account.temporaries()) {
        changes.delete(directory, file);
      }
      if (account.recorded().contains(unfinished)) {
        changes.delete(directory, unfinished);
      }
      replacement.clear();
    } catch (IOException e) {
      throw failed(declared, e);
    }
  }

  private void requireOwn(PhantomAccount account) throws IOException {
    Optional<Path> foreign = account.foreign();
    if (foreign.isPresent()) {
      throw holds(foreign.get());
    }
  }

  private BadInputException holds(Path foreign) {
    return new BadInputException(
        "<phantomDirectory> "
            + declared
            + " holds "
            + directory.relativize(foreign)
            + ", which is not one of its phantoms.",
        "Move it away, or name an empty or new folder; nothing was changed.");
  }

  static BadInputException failed(Path declared, IOException e) {
    return new BadInputException(
        "<phantomDirectory> " + declared + " cannot be changed: " + e + ".",
        "Check who may write there, or choose another folder.",
        e);
  }
}
