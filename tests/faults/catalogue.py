"""The bugs that are put in on purpose."""

from __future__ import annotations

from tests.faults.fault import Fault

_LOG = "tests/store/test_log.py"
_READER = "tests/store/test_reader.py"
_FOLD = "tests/ops/test_fold.py"
_CSV = "tests/files/test_taking_in_csv.py"
_BIB = "tests/files/test_taking_in_bib.py"
_PROJECTING = "tests/files/test_projecting.py"
_BREAKING = "tests/files/test_breaking_off.py"
_TABLES = "tests/test_tables.py"
_REPLICAS = "tests/project/test_replicas.py"
_SIMULATION = "simulation 0-120"

FAULTS = (
    Fault("no fsync of the log", "store/log.py",
          "            self._fs.sync(self._fd)\n", "            pass\n", (_LOG,)),
    Fault("no fsync of the log's folders", "store/log.py",
          "                self._fs.sync_folder(folder)\n", "                pass\n", (_LOG,)),
    Fault("no look at the inode after writing", "store/log.py",
          "        return self._fs.same_file(self._fd, self._path, self._size)",
          "        return True", (_LOG,)),
    Fault("a short write is not noticed", "store/log.py",
          "if done != len(lines):", "if done < 0:", (_LOG,)),
    Fault("half a line stays after a failed write", "store/log.py",
          "            self._fs.truncate(self._fd, self._size)\n", "            pass\n", (_LOG,)),
    Fault("a log that was taken away is not written anew", "store/log.py",
          'self._write(b"".join(self._written) + lines)', "self._write(lines)", (_LOG,)),
    Fault("ids come again after a failed append", "store/folder.py",
          "            writer.rename()\n", "            pass\n", (_LOG,)),
    Fault("the journal is not written", "store/folder.py",
          "        self._journal(library, ops)\n", "        pass\n", (_LOG,)),
    Fault("the check sum is not checked", "ops/op.py",
          'if b"%08x" % zlib.crc32(head) != line[-10:-2]:', "if not head:", (_READER,)),
    Fault("a lost tail is not noticed", "ops/op.py",
          """ or line[-2:] != b'"}'""", "", (_READER,)),
    Fault("a replaced log is read on from the middle", "store/reader.py",
          "return same and self._fs.read(path, 0, len(log.head)) == log.head", "return same",
          (_READER,)),
    Fault("edits forget what they replace", "store/recorder.py",
          "                seen,\n                via,",
          "                (),\n                via,",
          ("tests/project/test_reviewing.py", _CSV)),
    Fault("ids of edits found in files differ between replicas", "store/recorder.py",
          "                if edit.taken_in\n                else",
          "                if edit.taken_in and not edit.seen\n                else",
          (_CSV, _REPLICAS, _SIMULATION)),
    Fault("a deletion wins over a later edit", "ops/fold.py",
          "        named = {seen for op in deletions for seen in op.seen}\n",
          "        if deletions:\n            return True\n"
          "        named = {seen for op in deletions for seen in op.seen}\n", (_FOLD,)),
    Fault("the clock decides which value stays", "ops/fold.py",
          "found[key] = sorted(live, key=_order) if len(live) > 1 else live",
          "found[key] = sorted(live, key=_order)[-1:]",
          ("tests/project/test_conflicts.py", _REPLICAS)),
    Fault("of two copies of an operation the first to come stands", "ops/fold.py",
          "if known == op or encode(known) <= encode(op):", "if known.id == op.id:", (_FOLD,)),
    Fault("a tag is what was said last", "ops/snapshot.py",
          "return True if any(op.value for op in ops) else None", "return ops[-1].value",
          ("tests/project/test_conflicts.py", _REPLICAS, _SIMULATION)),
    Fault("a note's deletion wins over a change", "ops/snapshot.py",
          "        there = [op for op in ops if op.value is not None]\n",
          "        there = [op for op in ops if op.value is not None and ops[-1].value]\n",
          ("tests/project/test_conflicts.py", _REPLICAS, _SIMULATION)),
    Fault("the clock does not follow others", "ops/clock.py",
          "if seen > self._last and", "if seen < (0, 0) and", ("tests/ops/test_clock.py",)),
    Fault("a clock years ahead drags others along", "ops/clock.py",
          " and seen[0] <= self._wall_ms() + _DAY_MS:", ":", ("tests/ops/test_clock.py",)),
    Fault("a row is compared with the present instead of what its rev names", "files/csvfile.py",
          "if tables.row_rev(tables.cells_of(snapshot, reviewer)) == row.rev:",
          "if snapshot.values or not row.rev:", (_CSV,)),
    Fault("a row of an unknown state is taken in at once", "files/csvfile.py",
          "        elif row.rev:\n", "        elif not row.key:\n", (_CSV,)),
    Fault("a held row is written over", "files/csvfile.py",
          "if self._names.get((row.key, row.reviewer)) in held:", "if not row.key:", (_CSV,)),
    Fault("an emptied .bib is taken for deletions", "files/bibfile.py",
          "if self._data and not data.strip() and any(", "if not self.name and any(", (_BIB,)),
    Fault("what a field was before is not recorded", "files/grounding.py",
          "if raw is not None and field and not self._fold.history(paper, None, field):",
          "if raw is None and field and not self._fold.history(paper, None, field):",
          (_BIB, "tests/project/test_undoing.py")),
    Fault("line ends of the .bib are not kept", "files/splicing.py",
          'return raw if newline == b"\\n" else', "return raw if newline else", (_PROJECTING,)),
    Fault("entries are written that nobody said anything of", "files/splicing.py",
          "if bibentry.MARK in entry.fields or library.says_something(paper):",
          "if entry.fields:", (_PROJECTING, _BIB, "tests/project/test_merging.py")),
    Fault("a file is replaced blindly", "files/replace.py",
          "    came_out = fs.read(old)\n", "    came_out = last or fs.read(old)\n",
          (_PROJECTING,)),
    Fault("what came out is put away before it is taken in", "files/replace.py",
          "unread = last is not None and came_out != last", "unread = False",
          (_BREAKING, "every 3", "simulation 0-400")),
    Fault("what a crash left is not looked at", "files/sync.py",
          "self._broke_off = True\n        #: Edits", "self._broke_off = False\n        #: Edits",
          (_BREAKING,)),
    Fault("what was typed is forgotten when the disk is full", "files/sync.py",
          "            edits, by, via = self._found[0]\n            ops +=",
          "            edits, by, via = self._found[0]\n"
          "            self._found = [*self._found[1:], ([], by, via)]\n            ops +=",
          (_BREAKING,)),
    Fault("a file has its name before its bytes are on the disk", "store/whole.py",
          "        fs.sync(fd)\n", "        pass\n",
          ("tests/simulation/test_simulation.py", _SIMULATION)),
    Fault("half a copy is taken for the .bib as it was", "files/remembered.py",
          "return data if sealed == _sealed(data) else None", "return data",
          ("tests/project/test_unwatched.py", _SIMULATION)),
    Fault("the table has no byte order mark", "tables.py",
          '.encode("utf-8-sig", "replace")', '.encode("utf-8", "replace")', (_TABLES, _CSV)),
    Fault("a spreadsheet runs what somebody wrote", "tables.py",
          "line = [guard(text) for text in line]", "line = [text for text in line]", (_TABLES,)),
    Fault("a merge's markers are rows", "tables.py",
          "    return [line for line in lines if not _MARKER.match(line)]",
          "    return lines", (_TABLES,)),
    Fault("halves of rows that a merge mixed are edits", "tables.py",
          "elif doubtful and not row.clean:", "elif doubtful and not row.key:", (_TABLES,)),
    Fault("a full disk ends the thread that writes", "project/live.py",
          "            except OSError:\n                # Nothing",
          "            except ZeroDivisionError:\n                # Nothing", (_BREAKING,)),
)  # fmt: skip

#: A few that are put in with every run of the tests.
QUICK = (
    "a short write is not noticed",
    "a deletion wins over a later edit",
    "a lost tail is not noticed",
)
