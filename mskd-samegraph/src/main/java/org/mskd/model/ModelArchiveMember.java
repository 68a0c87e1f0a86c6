package org.mskd.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
  private static final int MAXIMUM_CHECKSUMS = 1 << 12;

  Model model() throws IOException {
    Map<String, String> sums = checksums();
    requireWhole(ModelArchive.CARD, sums);
    requireWhole(ModelArchive.WEIGHTS, sums);
    ModelCard card = ModelCardJson.read(text(ModelArchive.CARD, MAXIMUM_TEXT), source);
    ZipEntry weights = entry(ModelArchive.WEIGHTS);
    try (InputStream in = new BufferedInputStream(zip.getInputStream(weights), 1 << 16)) {
      TensorFile file = SafeTensors.read(in, weights.getSize(), source);
      file.tensors().values().forEach(this::requireFinite);
      return new Model(card, file.tensors(), sums.get(ModelArchive.WEIGHTS));
    }
  }

  ModelCard card() throws IOException {
    requireWhole(ModelArchive.CARD, checksums());
    return ModelCardJson.read(text(ModelArchive.CARD, MAXIMUM_TEXT), source);
  }

  /** A network computes NaN from NaN, and a class map of it is no error but wrong. */
  private void requireFinite(Tensor tensor) {
    tensor
        .notFinite()
        .ifPresent(
            value -> {
              throw UnreadableModel.because(source, "its " + tensor.name() + " holds " + value);
            });
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

  private void requireWhole(String name, Map<String, String> sums) throws IOException {
    if (!digest(name).equals(sums.get(name))) {
      throw damaged(name);
    }
  }

  private Map<String, String> checksums() throws IOException {
    digest(ModelArchive.CHECKSUMS);
    byte[] text = text(ModelArchive.CHECKSUMS, MAXIMUM_CHECKSUMS);
    Map<String, String> sums = new TreeMap<>();
    try {
      JsonNode root = StrictJson.MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
      if (root.isArray() || root.isValueNode() && !root.isNull()) {
        throw UnreadableModel.because(source, "its " + prefix + "checksums.json is no JSON object");
      }
      root.properties().forEach(sum -> sums.put(sum.getKey(), sum.getValue().asText()));
    } catch (JsonProcessingException e) {
      throw UnreadableModel.because(source, "its " + prefix + "checksums.json is not JSON", e);
    }
    return sums;
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

  private byte[] text(String name, int most) throws IOException {
    ZipEntry entry = entry(name);
    if (entry.getSize() > most) {
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
