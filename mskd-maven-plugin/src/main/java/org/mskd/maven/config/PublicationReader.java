package org.mskd.maven.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mskd.experiment.DataLicense;
import org.mskd.experiment.PublicationSettings;
import org.mskd.problem.BadInputException;

/** Reads {@code <publication>}: what packaged models say about their data. */
public final class PublicationReader {
  private final Section publication;

  /**
   * @param root the whole configuration
   */
  public PublicationReader(Section root) {
    this.publication = root.section("publication");
  }

  /**
   * The settings.
   *
   * @throws BadInputException for a value that is not allowed, or a file that cannot be read
   */
  public PublicationSettings settings() {
    PublicationSettings usual = PublicationSettings.DEFAULT;
    return new PublicationSettings(
        publication.flag("datasetNames", usual.datasetNames()), license());
  }

  private Optional<DataLicense> license() {
    Optional<Value> name = publication.value("dataLicense");
    Optional<String> text = publication.value("dataLicenseFile").map(this::read);
    return name.isEmpty() && text.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataLicense(name.map(Value::text).orElse(""), text.orElse("")));
  }

  /** The text with line feeds alone, so that a checkout's line ends change no package. */
  private String read(Value file) {
    Path path = file.asPath(publication.basedir());
    try {
      if (Files.size(path) > 4L * DataLicense.LONGEST) {
        throw file.notAllowed("a text of at most " + DataLicense.LONGEST + " characters");
      }
      String text = Files.readString(path).replace("\r\n", "\n");
      if (text.isBlank()) {
        throw file.notAllowed("a text that is not blank");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw file.notAllowed("a text file in UTF-8");
    } catch (IOException e) {
      throw new BadInputException(
          file.source() + " is " + path + ", which cannot be read.",
          "Name the text of the data's licence, or leave the element out.",
          e);
    }
  }
}
