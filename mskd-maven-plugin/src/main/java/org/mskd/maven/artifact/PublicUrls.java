package org.mskd.maven.artifact;

import java.util.regex.Pattern;
import org.eclipse.aether.repository.RemoteRepository;

/** URLs for messages and logs: without the user and password that a URL may contain. */
final class PublicUrls {
  /** What stands between the scheme and the host; a password may contain an at sign. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s]*@");

  private PublicUrls() {}

  /** A text with all its URLs. */
  static String in(String text) {
    return USER_INFO.matcher(text).replaceAll("");
  }

  /** A repository: its id, and its URL in brackets. */
  static String of(RemoteRepository repository) {
    return in(repository.getId() + " (" + repository.getUrl() + ")");
  }
}
