package org.mskd.code;

import java.util.Set;

/**
 * One class as {@link CodeIdentity} sees it.
 *
 * @param digest SHA-256 of its normalised code
 * @param references internal names of the classes that this code uses
 * @param neutral whether the class is {@link ResultNeutral}, or is an exception
 */
record ClassCode(String digest, Set<String> references, boolean neutral) {
  ClassCode {
    references = Set.copyOf(references);
  }
}
