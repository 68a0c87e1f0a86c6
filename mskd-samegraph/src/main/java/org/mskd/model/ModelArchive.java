package org.mskd.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
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
    try {
      StoredEntry weights =
          StoredEntry.of(WEIGHTS, out -> SafeTensors.write(out, tensors, Map.of()));
      write(file, StoredEntry.of(CARD, out -> out.write(cardText)), weights);
      return weights.sha256();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
  }

  private static void write(Path file, StoredEntry about, StoredEntry weights) throws IOException {
    byte[] sumsText = checksums(about, weights);
    StoredEntry sums = StoredEntry.of(CHECKSUMS, out -> out.write(sumsText));
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
          about.writeTo(zip);
          weights.writeTo(zip);
          sums.writeTo(zip);
          zip.finish();
        });
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

  /**
   * Writes a copy with another card, atomically. The entry of the weights has the same bytes.
   *
   * @param change of the card
   * @throws BadInputException as {@link #read} for the archive, as {@link #write} for the copy
   */
  public static void copy(Path file, UnaryOperator<ModelCard> change, Path target) {
    try (ModelArchiveReader reader = new ModelArchiveReader(file)) {
      ModelArchiveMember member = reader.single();
      Model model = member.model();
      byte[] card = ModelCardJson.write(change.apply(model.card()));
      write(
          target,
          StoredEntry.of(CARD, out -> out.write(card)),
          StoredEntry.of(WEIGHTS, out -> member.copy(WEIGHTS, out)));
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
