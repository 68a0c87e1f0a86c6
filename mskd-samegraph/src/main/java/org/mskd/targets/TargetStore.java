package org.mskd.targets;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeMap;
import org.mskd.dataset.SliceRef;
import org.mskd.file.ChannelBytes;
import org.mskd.file.FileBytes;
import org.mskd.problem.BadInputException;

/**
 * A file of teacher outputs. Slices are read one by one on request, so that memory does not grow
 * with it. The whole file is checked when it is opened. Thread-safe.
 */
public final class TargetStore implements AutoCloseable {
  /** The largest block that is stored, bytes. */
  static final int MOST_BLOCK = 1 << 30;

  /** Position and length of a slice's block, bytes. */
  private record Place(long position, int length) {}

  private final TargetLayout layout;
  private final FileBytes file;
  private volatile NavigableMap<SliceRef, Place> places;

  private TargetStore(TargetLayout layout, FileBytes file, NavigableMap<SliceRef, Place> places) {
    this.layout = layout;
    this.file = file;
    this.places = places;
  }

  /**
   * Opens a store, reading it once to check it.
   *
   * @param layout the expected layout; of which teachers it has features, the file says
   * @param teachers digest of the expected teachers
   * @throws BadInputException if it is missing, of another version, layout or teachers, cut off or
   *     damaged
   */
  public static TargetStore open(Path file, TargetLayout layout, String teachers) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(file + " is missing.", "Run the same goal again.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      TargetStoreHeader.Found found =
          new TargetStoreHeader(layout, teachers).require(file, channel);
      checkSum(file, channel);
      TargetDirectory directory = TargetDirectory.read(file, channel, found.blocks());
      NavigableMap<SliceRef, Place> places = places(found.blocks(), directory);
      for (Map.Entry<SliceRef, Place> place : places.entrySet()) {
        requireWhole(file, channel, found.layout(), place);
      }
      return new TargetStore(found.layout(), new FileBytes(file, TargetFormat.ORDER), places);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".",
          "Check the disk, or delete it and run the same goal again.",
          e);
    }
  }

  private static void checkSum(Path file, FileChannel channel) throws IOException {
    long end = channel.size() - Integer.BYTES;
    int computed = ChannelBytes.crc32c(channel, end);
    if (ChannelBytes.read(channel, end, Integer.BYTES, TargetFormat.ORDER).getInt() != computed) {
      throw TargetFormat.damaged(file, "its checksum differs, so it is cut off or damaged");
    }
  }

  /** Position and length of each slice's block. */
  private static NavigableMap<SliceRef, Place> places(long begin, TargetDirectory directory) {
    NavigableMap<SliceRef, Place> places = new TreeMap<>();
    long at = begin;
    for (TargetDirectory.Entry entry : directory.entries()) {
      places.put(entry.slice(), new Place(at, entry.bytes()));
      at += entry.bytes();
    }
    return places;
  }

  /** Compares a block's length, computed from its positions, with the directory. */
  private static void requireWhole(
      Path file, FileChannel channel, TargetLayout layout, Map.Entry<SliceRef, Place> entry)
      throws IOException {
    Place place = entry.getValue();
    int some = (int) Math.min(place.length, StoredSlice.positionsBytes(layout));
    ByteBuffer beginning = ChannelBytes.read(channel, place.position, some, TargetFormat.ORDER);
    try {
      if (new StoredSlice(layout, beginning).length() == place.length) {
        return;
      }
    } catch (BufferUnderflowException e) {
      // Reported below, as any other wrong length.
    }
    throw TargetFormat.damaged(
        file, "the block of " + entry.getKey() + " has another length than its directory");
  }

  /** What it contains of each slice. */
  public TargetLayout layout() {
    return layout;
  }

  /** The slices it holds, ascending. */
  public SortedSet<SliceRef> slices() {
    return Collections.unmodifiableSortedSet(open().navigableKeySet());
  }

  /**
   * One slice.
   *
   * @throws NoSuchElementException if the store lacks it
   */
  StoredSlice slice(SliceRef slice) {
    Place place = open().get(slice);
    if (place == null) {
      throw new NoSuchElementException(slice + " is not in the store of teacher outputs");
    }
    return new StoredSlice(layout, file.read(place.position, place.length));
  }

  private NavigableMap<SliceRef, Place> open() {
    NavigableMap<SliceRef, Place> now = places;
    if (now == null) {
      throw new IllegalStateException("the store of teacher outputs is closed");
    }
    return now;
  }

  /** Ends the use of the store; reads in progress in other threads complete. */
  @Override
  public void close() {
    places = null;
  }
}
