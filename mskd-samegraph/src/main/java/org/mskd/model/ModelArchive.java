package org.mskd.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipOutputStream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * A {@code .mskd} file: a zip of stored entries in fixed order with fixed times. {@code model.json}
 * is the card, {@code weights.safetensors} the weights, {@code checksums.json} the SHA-256 of both.
 * Equal content gives equal bytes.
 */
public final class ModelArchive {
  static final String CARD = "model.json";
  static final String WEIGHTS = "weights.safetensors";
  static final String CHECKSUMS = "checksums.json";
  static final List<String> ENTRIES = List.of(CARD, WEIGHTS, CHECKSUMS);

  private ModelArchive() {}

  /**
   * Writes an archive atomically.
   *
   * @return the model's digest, as {@link Model#digest}
   * @throws BadInputException if the disk is full or the folder cannot be written
   * @throws IllegalArgumentException if two tensors share a name
   */
  public static String write(Path file, ModelCard card, Collection<Tensor> tensors) {
    byte[] cardText = ModelCardJson.write(card);
    StoredEntry weights;
    StoredEntry about;
    StoredEntry sums;
    try {
      about = StoredEntry.of(CARD, out -> out.write(cardText));
      weights = StoredEntry.of(WEIGHTS, out -> SafeTensors.write(out, tensors, Map.of()));
      byte[] sumsText = checksums(about, weights);
      sums = StoredEntry.of(CHECKSUMS, out -> out.write(sumsText));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
          about.writeTo(zip);
          weights.writeTo(zip);
          sums.writeTo(zip);
          zip.finish();
        });
    return weights.sha256();
  }

  /**
   * Reads an archive and checks all of it.
   *
   * @throws BadInputException naming the file, if it is missing, damaged, of another schema, or
   *     holds anything else
   */
  public static Model read(Path file) {
    try (ModelArchiveReader reader = new ModelArchiveReader(file)) {
      return reader.single().model();
    } catch (IOException e) {
      throw UnreadableModel.because(file.toString(), "it cannot be read (" + e + ")", e);
    }
  }

  /**
   * Reads the card without the weights, and checks it and the list of entries. The weights are
   * checked by {@link #read} only.
   *
   * @throws BadInputException as {@link #read}
   */
  public static ModelCard readCard(Path file) {
    try (ModelArchiveReader reader = new ModelArchiveReader(file)) {
      return reader.single().card();
    } catch (IOException e) {
      throw UnreadableModel.because(file.toString(), "it cannot be read (" + e + ")", e);
    }
  }

  private static byte[] checksums(StoredEntry... entries) {
    Map<String, String> sums = new TreeMap<>();
    for (StoredEntry entry : entries) {
      sums.put(entry.name(), entry.sha256());
    }
    return (ExperimentJson.write(sums) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
