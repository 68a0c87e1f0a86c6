package org.mskd.model;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;

/** Reads one archive: checks the list of entries, then the checksums, then the content. */
final class ModelArchiveReader implements Closeable {
  private static final int MAXIMUM_TEXT = 64 << 20;

  private final String source;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;

  ModelArchiveReader(Path file) throws IOException {
    source = file.toString();
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          source + " is missing, or is not a file.", "Run the goal that writes it first.");
    }
    zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    try {
      entries = entries(Files.size(file));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  Model model() throws IOException {
    Map<?, ?> sums = checksums();
    requireWhole(ModelArchive.CARD, sums);
    requireWhole(ModelArchive.WEIGHTS, sums);
    ModelCard card = ModelCardJson.read(text(ModelArchive.CARD), source);
    ZipEntry weights = entries.get(ModelArchive.WEIGHTS);
    try (InputStream in = new BufferedInputStream(zip.getInputStream(weights), 1 << 16)) {
      TensorFile tensors = SafeTensors.read(in, weights.getSize(), source);
      return new Model(card, tensors.tensors(), (String) sums.get(ModelArchive.WEIGHTS));
    }
  }

  ModelCard card() throws IOException {
    requireWhole(ModelArchive.CARD, checksums());
    return ModelCardJson.read(text(ModelArchive.CARD), source);
  }

  private void requireWhole(String name, Map<?, ?> sums) throws IOException {
    if (!digest(name).equals(sums.get(name))) {
      throw damaged(name);
    }
  }

  /**
   * The three required entries; their sizes are bounded by the file's, as nothing is compressed.
   */
  private Map<String, ZipEntry> entries(long fileLength) {
    Map<String, ZipEntry> found = new HashMap<>();
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!ModelArchive.ENTRIES.contains(name) || found.put(name, entry) != null) {
        throw UnreadableModel.because(source, "it holds an unexpected entry '" + name + "'");
      }
      long size = entry.getSize();
      if (entry.getMethod() != ZipEntry.STORED || size != entry.getCompressedSize()) {
        throw UnreadableModel.because(source, "its entry " + name + " is compressed");
      }
      total += size;
      if (size < 0 || size > fileLength || total > fileLength) {
        throw UnreadableModel.because(
            source, "its entry " + name + " declares " + size + " bytes, more than the file has");
      }
    }
    for (String name : ModelArchive.ENTRIES) {
      if (!found.containsKey(name)) {
        throw UnreadableModel.because(source, "it holds no " + name);
      }
    }
    return found;
  }

  private Map<?, ?> checksums() throws IOException {
    digest(ModelArchive.CHECKSUMS);
    String text = new String(text(ModelArchive.CHECKSUMS), StandardCharsets.UTF_8);
    try {
      Map<?, ?> sums = ExperimentJson.read(text, Map.class);
      return sums == null ? Map.of() : sums;
    } catch (IllegalArgumentException e) {
      throw UnreadableModel.because(source, "its checksums.json is not JSON", e);
    }
  }

  /** SHA-256 of an entry whose CRC is right. */
  private String digest(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    MessageDigest sha = Sha256.digest();
    CRC32 crc = new CRC32();
    try (InputStream in =
        new DigestInputStream(new CheckedInputStream(zip.getInputStream(entry), crc), sha)) {
      long read = in.transferTo(OutputStream.nullOutputStream());
      if (read != entry.getSize() || crc.getValue() != entry.getCrc()) {
        throw damaged(name);
      }
    }
    return Sha256.hex(sha);
  }

  private byte[] text(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry.getSize() > MAXIMUM_TEXT) {
      throw UnreadableModel.because(source, "its " + name + " has " + entry.getSize() + " bytes");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) entry.getSize());
    }
  }

  private BadInputException damaged(String name) {
    return UnreadableModel.because(source, "its " + name + " is damaged: the checksum differs");
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
