package org.mskd.maven.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * Paths as a POM holds them: relative where the target lies below the POM's folder or beside it,
 * otherwise absolute; with slashes.
 *
 * @param folder the POM's folder, absolute
 */
record PomPath(Path folder) {
  /**
   * The text of a path.
   *
   * @throws BadInputException if a POM cannot hold it
   */
  String of(Path target) {
    String text = written(target);
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

  private String written(Path target) {
    Path goal = target.toAbsolutePath().normalize();
    if (folder.getRoot().equals(goal.getRoot())) {
      Path relative = folder.relativize(goal);
      if (relative.toString().isEmpty()) {
        return ".";
      }
      if (relative.getNameCount() < 2 || !isUp(relative.getName(1))) {
        List<String> names = new ArrayList<>();
        relative.forEach(name -> names.add(name.toString()));
        return String.join("/", names);
      }
    }
    return goal.toString().replace(goal.getFileSystem().getSeparator(), "/");
  }

  private static boolean isUp(Path name) {
    return name.toString().equals("..");
  }
}
