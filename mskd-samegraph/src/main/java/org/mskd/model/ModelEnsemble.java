package org.mskd.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipOutputStream;
import org.mskd.experiment.Neighbours;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * Several models of the same classes whose predictions are averaged, such as those of the folds of
 * a cross-validation, in one {@code .mskd} file: a zip of stored entries with fixed times that
 * holds the three entries of each {@link ModelArchive}, unchanged, below {@code 1/}, {@code 2/} and
 * so on.
 */
public final class ModelEnsemble {
  /** The largest number of members. */
  static final int MOST = 100;

  private ModelEnsemble() {}

  /**
   * Writes the archives of several models as one, atomically. Equal members give equal bytes.
   *
   * @param members 1 to 100 archives
   * @throws BadInputException if one cannot be read, or they predict different organs or read
   *     different slices
   */
  public static void write(Path file, List<Path> members) {
    List<ModelArchiveReader> readers = new ArrayList<>();
    try {
      List<ModelCard> cards = new ArrayList<>();
      for (Path member : members) {
        ModelArchiveReader reader = new ModelArchiveReader(member);
        readers.add(reader);
        cards.add(reader.single().card());
      }
      requireAlike(cards, file.toString());
      AtomicFile.write(
          file,
          out -> {
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            for (int i = 0; i < readers.size(); i++) {
              for (String entry : ModelArchive.ENTRIES) {
                ModelArchiveReader reader = readers.get(i);
                StoredEntry.of((i + 1) + "/" + entry, to -> reader.single().copy(entry, to))
                    .writeTo(zip);
              }
            }
            zip.finish();
          });
    } catch (IOException e) {
      throw UnreadableModel.because(file.toString(), "a member cannot be read (" + e + ")", e);
    } finally {
      readers.forEach(ModelEnsemble::close);
    }
  }

  private static void close(ModelArchiveReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the models of a file, an ensemble or a single model, and checks all of it.
   *
   * @return the models in their order, at least one
   * @throws BadInputException as {@link ModelArchive#read}, or if members predict different organs
   *     or read different slices
   */
  public static List<Model> read(Path file) {
    List<Model> models = ofAll(file, ModelArchiveMember::model);
    requireAlike(models.stream().map(Model::card).toList(), file.toString());
    return models;
  }

  /**
   * Reads the cards of the models of a file without the weights; errors as {@link
   * ModelArchive#readCard}.
   */
  public static List<ModelCard> readCards(Path file) {
    List<ModelCard> cards = ofAll(file, ModelArchiveMember::card);
    requireAlike(cards, file.toString());
    return cards;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ModelArchiveMember member) throws IOException;
  }

  private static <T> List<T> ofAll(Path file, Reading<T> reading) {
    try (ModelArchiveReader reader = new ModelArchiveReader(file)) {
      List<T> all = new ArrayList<>();
      for (ModelArchiveMember member : reader.members()) {
        all.add(reading.of(member));
      }
      return all;
    } catch (IOException e) {
      throw UnreadableModel.because(file.toString(), "it cannot be read (" + e + ")", e);
    }
  }

  private static void requireAlike(List<ModelCard> cards, String source) {
    ModelCard first = cards.get(0);
    for (ModelCard card : cards) {
      require(first.kind() == card.kind(), source, "kinds");
      require(first.organs().equals(card.organs()), source, "organs");
      require(first.preprocessing().equals(card.preprocessing()), source, "preprocessing");
      require(first.inputSize() == card.inputSize(), source, "sizes of the input");
      Neighbours neighbours = card.network().neighbours();
      require(first.network().neighbours().equals(neighbours), source, "neighbours");
    }
  }

  private static void require(boolean alike, String source, String part) {
    if (!alike) {
      throw UnreadableModel.because(source, "its members have different " + part);
    }
  }
}
