package org.mskd.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.mskd.problem.BadInputException;

/** Opens one archive and checks the list of its entries; its members read the content. */
final class ModelArchiveReader implements Closeable {
  private static final Pattern NAME = Pattern.compile("(?:([1-9][0-9]{0,2})/)?([a-z.]+)");

  private final String source;
  private final ZipFile zip;

  /** 0 for an archive of a single model. */
  private final int ensemble;

  ModelArchiveReader(Path file) throws IOException {
    source = file.toString();
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          source + " is missing, or is not a file.", "Run the goal that writes it first.");
    }
    zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    try {
      Set<String> names = names(Files.size(file));
      ensemble = members(names);
      ArchiveLayout.require(file, names.size(), source);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** The models that it holds, in their order. */
  List<ModelArchiveMember> members() {
    if (ensemble == 0) {
      return List.of(new ModelArchiveMember(zip, "", source));
    }
    List<ModelArchiveMember> members = new ArrayList<>();
    for (int i = 1; i <= ensemble; i++) {
      members.add(new ModelArchiveMember(zip, i + "/", source));
    }
    return members;
  }

  /**
   * The one model that it holds.
   *
   * @throws BadInputException if it is an ensemble
   */
  ModelArchiveMember single() {
    if (ensemble > 0) {
      throw new BadInputException(
          source + " is an ensemble of " + ensemble + (ensemble == 1 ? " model." : " models."),
          "Give the file of one model; mskd:predict alone takes an ensemble.");
    }
    return members().get(0);
  }

  /** The member that an entry belongs to, from 1; 0 for a single model. */
  private static int member(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? 0 : Integer.parseInt(name.substring(0, slash));
  }

  /** The names of all entries; their sizes are bounded by the file's, as nothing is compressed. */
  private Set<String> names(long fileLength) {
    Set<String> names = new HashSet<>();
    long total = 0;
    // Not a list of all: a zip of many entries ends at the first that is not expected.
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      String name = entry.getName();
      Matcher parts = NAME.matcher(name);
      if (!parts.matches() || !ModelArchive.ENTRIES.contains(parts.group(2)) || !names.add(name)) {
        throw UnreadableModel.because(source, "it holds an unexpected entry '" + name + "'");
      }
      long size = entry.getSize();
      if (entry.getMethod() != ZipEntry.STORED || size != entry.getCompressedSize()) {
        throw UnreadableModel.because(source, "its entry " + name + " is compressed");
      }
      total += size;
      if (size < 0 || size > fileLength || total > fileLength) {
        throw UnreadableModel.because(
            source, "its entry " + name + " declares " + size + " bytes, more than the file has");
      }
    }
    return names;
  }

  /** The number of members, 0 for a single model: all entries of each are there, and no others. */
  private int members(Set<String> names) {
    int members = names.stream().mapToInt(ModelArchiveReader::member).max().orElse(0);
    if (members > ModelEnsemble.MOST) {
      throw UnreadableModel.because(source, "it holds " + members + " models");
    }
    Set<String> unexpected = new HashSet<>(names);
    for (int i = Math.min(1, members); i <= members; i++) {
      for (String entry : ModelArchive.ENTRIES) {
        String name = i == 0 ? entry : i + "/" + entry;
        if (!unexpected.remove(name)) {
          throw UnreadableModel.because(source, "it holds no " + name);
        }
      }
    }
    if (!unexpected.isEmpty()) {
      throw UnreadableModel.because(
          source,
          "it holds an unexpected entry '" + unexpected.stream().sorted().findFirst().get() + "'");
    }
    return members;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
