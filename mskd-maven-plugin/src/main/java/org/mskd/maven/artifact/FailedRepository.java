package org.mskd.maven.artifact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.transfer.ArtifactTransferException;

/**
 * Why a repository did not deliver an artifact that it may have: it could not be reached, refused
 * access, or sent other bytes than those of its checksum.
 *
 * @param exception the failure, possibly an earlier one that Maven has kept
 */
record FailedRepository(ArtifactTransferException exception) {
  /** What the transports of Maven 3.8, 3.9 and 4 report for a status of 401, 403 or 407. */
  private static final Pattern REFUSED =
      Pattern.compile(
          "\\b(?:401|403|407)\\b|authentication failed|authorization failed|not authorized"
              + "|unauthorized|forbidden|access denied");

  /** The repository, if it refused access. */
  Optional<RemoteRepository> refusing() {
    return REFUSED.matcher(reason().toLowerCase(Locale.ROOT)).find()
        ? Optional.ofNullable(exception.getRepository())
        : Optional.empty();
  }

  /** Such as {@code from corp (https://repo.corp/maven): Connection refused}. */
  String text() {
    RemoteRepository repository = exception.getRepository();
    return "from "
        + (repository == null ? "its repository" : PublicUrls.of(repository))
        + ": "
        + PublicUrls.in(reason());
  }

  /** Maven's message without the artifact and the repository that it begins with. */
  private String reason() {
    String message = String.valueOf(exception.getMessage()).strip().replaceFirst("\\.$", "");
    RemoteRepository repository = exception.getRepository();
    String named =
        repository == null ? "" : repository.getId() + " (" + repository.getUrl() + "): ";
    int start = named.isEmpty() ? -1 : message.lastIndexOf(named);
    return start < 0 ? message : message.substring(start + named.length());
  }
}
