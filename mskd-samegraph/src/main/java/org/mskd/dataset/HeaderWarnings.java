package org.mskd.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mskd.experiment.LabelGrid;
import org.mskd.problem.NameList;
import org.mskd.volume.HeaderRemark;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiReader;

/**
 * Warnings of the unusual headers of a data set: one for each kind, with the text of the first file
 * and the names of the others.
 */
final class HeaderWarnings {
  private final Map<HeaderRemark.Kind, String> texts = new EnumMap<>(HeaderRemark.Kind.class);
  private final Map<HeaderRemark.Kind, List<String>> others =
      new EnumMap<>(HeaderRemark.Kind.class);

  private final Function<Path, String> name;

  private HeaderWarnings(Function<Path, String> name) {
    this.name = name;
  }

  /**
   * Reads the headers again; the files are known to be readable.
   *
   * @param labelGrid with {@link LabelGrid#IMAGE} a label's header does not place its voxels, so
   *     nothing is reported of how it does
   */
  static List<String> of(List<Subject> subjects, LabelGrid labelGrid) {
    return of(subjects, labelGrid, Path::toString);
  }

  /**
   * As {@link #of(List, LabelGrid)}.
   *
   * @param name how the first file is called
   */
  static List<String> of(List<Subject> subjects, LabelGrid labelGrid, Function<Path, String> name) {
    HeaderWarnings warnings = new HeaderWarnings(name);
    for (Subject subject : subjects) {
      warnings.add(subject.image(), true);
      subject.label().ifPresent(label -> warnings.add(label, labelGrid == LabelGrid.LABEL));
    }
    return warnings.all();
  }

  private void add(Path file, boolean places) {
    ImageHeader header =
        places ? NiftiReader.readHeader(file) : NiftiReader.readUnplacedHeader(file);
    for (HeaderRemark remark : header.remarks()) {
      if (places || remark.kind() == HeaderRemark.Kind.LOW_VOX_OFFSET) {
        add(file, remark);
      }
    }
  }

  private void add(Path file, HeaderRemark remark) {
    if (texts.putIfAbsent(remark.kind(), name.apply(file) + " " + remark.text()) != null) {
      others
          .computeIfAbsent(remark.kind(), kind -> new ArrayList<>())
          .add(file.getParent().getFileName() + "/" + file.getFileName());
    }
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    texts.forEach((kind, text) -> all.add(text + same(others.getOrDefault(kind, List.of()))));
    return all;
  }

  private static String same(List<String> files) {
    return files.isEmpty()
        ? ""
        : " %d other %s of the same kind: %s."
            .formatted(
                files.size(),
                files.size() == 1 ? "file has a header" : "files have headers",
                NameList.of(files));
  }
}
