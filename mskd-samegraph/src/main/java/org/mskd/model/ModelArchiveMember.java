package org.mskd.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;

/**
 * One model of an open archive. Its checksums are verified before its content is used.
 *
 * @param zip of stored entries whose sizes the file has
 * @param prefix of the names of its entries; empty where the archive holds this model alone
 * @param source the archive's name, for messages
 */
record ModelArchiveMember(ZipFile zip, String prefix, String source) {
  private static final int MAXIMUM_TEXT = 64 << 20;

  Model model() throws IOException {
    Map<?, ?> sums = checksums();
    requireWhole(ModelArchive.CARD, sums);
    requireWhole(ModelArchive.WEIGHTS, sums);
    ModelCard card = ModelCardJson.read(text(ModelArchive.CARD), source);
    ZipEntry weights = entry(ModelArchive.WEIGHTS);
    try (InputStream in = new BufferedInputStream(zip.getInputStream(weights), 1 << 16)) {
      TensorFile tensors = SafeTensors.read(in, weights.getSize(), source);
      return new Model(card, tensors.tensors(), (String) sums.get(ModelArchive.WEIGHTS));
    }
  }

  ModelCard card() throws IOException {
    requireWhole(ModelArchive.CARD, checksums());
    return ModelCardJson.read(text(ModelArchive.CARD), source);
  }

  /** Copies an entry as it is. */
  void copy(String name, OutputStream out) throws IOException {
    try (InputStream in = zip.getInputStream(entry(name))) {
      in.transferTo(out);
    }
  }

  private ZipEntry entry(String name) {
    return zip.getEntry(prefix + name);
  }

  private void requireWhole(String name, Map<?, ?> sums) throws IOException {
    if (!digest(name).equals(sums.get(name))) {
      throw damaged(name);
    }
  }

  private Map<?, ?> checksums() throws IOException {
    digest(ModelArchive.CHECKSUMS);
    String text = new String(text(ModelArchive.CHECKSUMS), StandardCharsets.UTF_8);
    try {
      Map<?, ?> sums = ExperimentJson.read(text, Map.class);
      return sums == null ? Map.of() : sums;
    } catch (IllegalArgumentException e) {
      throw UnreadableModel.because(source, "its " + prefix + "checksums.json is not JSON", e);
    }
  }

  /** SHA-256 of an entry whose CRC is right. */
  private String digest(String name) throws IOException {
    ZipEntry entry = entry(name);
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
    ZipEntry entry = entry(name);
    if (entry.getSize() > MAXIMUM_TEXT) {
      throw UnreadableModel.because(
          source, "its " + prefix + name + " has " + entry.getSize() + " bytes");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) entry.getSize());
    }
  }

  private BadInputException damaged(String name) {
    return UnreadableModel.because(
        source, "its " + prefix + name + " is damaged: the checksum differs");
  }
}
