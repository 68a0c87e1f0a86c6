package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.mskd.maven.config.Declarations.Declaration;
import org.mskd.problem.BadInputException;

/**
 * Refuses list items that Maven mixed from several declarations. It merges the lists of a POM, its
 * parent and its profiles by position: the first {@code <dataset>} of a child, without {@code
 * <labelValues>}, would have those of the parent's first one.
 */
final class MergedLists {
  private final Declarations declarations;

  MergedLists(Declarations declarations) {
    this.declarations = declarations;
  }

  /**
   * Checks all lists of a merged {@code <configuration>}.
   *
   * @throws BadInputException naming the item, and where its parts were declared
   */
  void check(Xpp3Dom configuration) {
    check(configuration, Schema.ROOT);
  }

  private void check(Xpp3Dom node, Element element) {
    int item = 0;
    for (Xpp3Dom child : node.getChildren()) {
      Optional<Element> known = element.child(child.getName());
      if (known.isPresent()) {
        if (known.get().repeated()) {
          item++;
          requireOneBlock(node.getName(), child, item);
        } else {
          check(child, known.get());
        }
      }
    }
  }

  private void requireOneBlock(String list, Xpp3Dom item, int number) {
    List<Declaration> values = new ArrayList<>();
    collect(item, values);
    for (Declaration other : values) {
      Declaration first = values.get(0);
      if (!other.block().equals(first.block())) {
        throw new BadInputException(
            "<%s> %d of <%s> is a mixture of %s and of %s: Maven merges lists by position."
                .formatted(item.getName(), number, list, first.text(), other.text()),
            "Write <%s combine.self=\"override\"> where the list replaces the other one, or declare the"
                    .formatted(list)
                + " list in one place.");
      }
    }
  }

  private void collect(Xpp3Dom node, List<Declaration> values) {
    if (node.getChildCount() == 0) {
      declarations.of(node).ifPresent(values::add);
    }
    for (Xpp3Dom child : node.getChildren()) {
      collect(child, values);
    }
  }
}
