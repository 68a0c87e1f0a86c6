package org.mskd.report.page;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The templates and other files of the pages, from the class path. */
public final class Templates {
  private static final String FOLDER = "/org/mskd/report/";

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().emptyStringIsFalse(true).withLoader(name -> reader(name + ".mustache"));

  private Templates() {}

  /**
   * The page of a view. Texts are escaped for HTML.
   *
   * @param template name of the template, without its ending
   */
  static String page(String template, Object view) {
    try (Reader reader = reader(template + ".mustache")) {
      return COMPILER.compile(reader).execute(view);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a file that pages refer to. */
  public static byte[] file(String name) {
    try (InputStream in = open(FOLDER + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reader reader(String name) {
    return new InputStreamReader(open(FOLDER + name), StandardCharsets.UTF_8);
  }

  private static InputStream open(String path) {
    InputStream in = Templates.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is not in mskd's jar");
    }
    return in;
  }
}
