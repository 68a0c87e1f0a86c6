package org.mskd.maven.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * Paths as a POM holds them, with slashes. The folder of all data is a property of the POM, so that
 * data can be moved.
 *
 * @param folder the POM's folder, absolute
 * @param data the folder of all data, absolute
 */
record PomPath(Path folder, Path data) {
  /** The name of the property. */
  static final String PROPERTY = "ct";

  /**
   * The value of the property: relative where the data lie below the POM's folder or beside it,
   * otherwise absolute.
   *
   * @throws BadInputException if a POM cannot hold it
   */
  String ofData() {
    return allowed(written(data));
  }

  /**
   * A folder that is the folder of all data, or below it.
   *
   * @throws BadInputException if a POM cannot hold it
   */
  String of(Path target) {
    String rest = slashed(data.relativize(target));
    return "${" + PROPERTY + "}" + (rest.isEmpty() ? "" : "/" + allowed(rest));
  }

  private static String allowed(String text) {
    boolean allowed =
        text.codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || c == 0xFFFE
                        || c == 0xFFFF);
    if (!allowed || text.contains("${")) {
      throw new BadInputException(
          "'"
              + text
              + "' cannot be written in a POM: it contains "
              + (allowed
                  ? "${, which Maven would replace."
                  : "a character that XML does not allow."),
          "Rename the folder.");
    }
    // Blanks at the ends of an element's text are not part of its value.
    String start = text.equals(text.stripLeading()) ? text : "./" + text;
    return start.equals(start.stripTrailing()) ? start : start + "/.";
  }

  private String written(Path goal) {
    if (folder.getRoot().equals(goal.getRoot())) {
      Path relative = folder.relativize(goal);
      if (relative.toString().isEmpty()) {
        return ".";
      }
      if (relative.getNameCount() < 2 || !isUp(relative.getName(1))) {
        return slashed(relative);
      }
    }
    return goal.toString().replace(goal.getFileSystem().getSeparator(), "/");
  }

  private static String slashed(Path relative) {
    List<String> names = new ArrayList<>();
    relative.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }

  private static boolean isUp(Path name) {
    return name.toString().equals("..");
  }
}
