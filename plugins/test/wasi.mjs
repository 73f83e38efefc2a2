// The part of WASI preview 1 that wasi-libc's stdio asks for, over files in a Map: reading, and lines to the log. As in the
// host there is one open directory, `/`, and in it are those that were granted, by their last names.
import { Lie } from './memory.mjs'

export const WASI = 'wasi_snapshot_preview1'
const SUCCESS = 0, EBADF = 8, EINVAL = 28, EISDIR = 31, ENOENT = 44, ENOTCAPABLE = 76
const CHARACTERS = 2, DIRECTORY = 3, FILE = 4
const READ = 1n << 1n, SEEK = 1n << 2n, TELL = 1n << 5n, WRITE = 1n << 6n, OPEN = 1n << 13n
const MOST_LINE = 4096
const FILES = ['file_read', 'file_write']

/** Which capabilities, of which one is needed, a function of WASI asks for. */
export const capabilitiesFor = name => (name === 'path_open' ? FILES : [])

/** Thrown where the guest ends itself, by exit() or because libc gave up. */
export class Exit extends Error {
  constructor(code) { super(`it called exit(${code})`) }
}

/**
 * The functions. `guest` has memory, logged, manifest and files: a Map of `directory/path` to bytes or text; the directories
 * in it are granted. `refuse.wasi` may be 'denied': a grant taken back. Gives the guest `openFiles()`, and `endOfCall()`, which
 * logs what was printed without a line end.
 */
export function wasi(guest, refuse = {}) {
  const { memory } = guest
  const declared = (guest.manifest.capabilities ?? []).some(c => FILES.includes(c.name ?? c))
  const open = new Map([[0, { kind: CHARACTERS }], [1, { kind: CHARACTERS, level: 'info', line: [] }], [2, { kind: CHARACTERS, level: 'warn', line: [] }],
    ...(declared ? [[3, { kind: DIRECTORY, name: '/' }]] : [])])
  const bytesOf = path => { const f = guest.files.get(path); return typeof f === 'string' ? Buffer.from(f) : f }
  const setU16 = (at, n) => memory.view(at, 2, 2).setUint16(0, n, true)

  /** The buffers of an iovec array. */
  const buffers = (at, count) => Array.from({ length: count >>> 0 }, (_, i) =>
    memory.bytes(memory.u32((at >>> 0) + 8 * i), memory.u32((at >>> 0) + 8 * i + 4)))

  const say = (to, line) => guest.logged.push({ level: to.level, message: new TextDecoder().decode(Uint8Array.from(line)), fields: {} })
  function print(to, bytes) {
    for (const b of bytes) {
      if (b !== 10) to.line.push(b)
      if (b === 10 || to.line.length === MOST_LINE) say(to, to.line.splice(0))
    }
  }

  const functions = {
    environ_sizes_get: (count, size) => { memory.setU32(count, 0); memory.setU32(size, 0); return SUCCESS },
    environ_get: () => SUCCESS,
    fd_prestat_get: (fd, out) => {
      const f = open.get(fd)
      if (f?.kind !== DIRECTORY) return EBADF
      memory.setU8(out, 0)
      memory.setU32(out + 4, Buffer.byteLength(f.name))
      return SUCCESS
    },
    fd_prestat_dir_name: (fd, at, length) => {
      const name = Buffer.from(open.get(fd)?.name ?? '')
      if (!name.length) return EBADF
      if (length >>> 0 < name.length) return EINVAL
      memory.bytes(at, name.length).set(name)
      return SUCCESS
    },
    fd_fdstat_get: (fd, out) => {
      const f = open.get(fd)
      if (!f) return EBADF
      memory.view(out, 24, 8)
      memory.setU8(out, f.kind)
      setU16(out + 2, 0)
      memory.setU64(out + 8, f.kind === FILE ? READ | SEEK | TELL : f.kind === DIRECTORY ? OPEN : fd === 0 ? READ : WRITE)
      memory.setU64(out + 16, f.kind === DIRECTORY ? READ | SEEK | TELL : 0n)
      return SUCCESS
    },
    fd_fdstat_set_flags: (fd, flags) => (!open.has(fd) ? EBADF : flags ? EINVAL : SUCCESS),
    path_open: (fd, lookup, at, length, oflags, rights, inheriting, flags, out) => {
      const path = memory.text(at, length).split('/').filter(name => name && name !== '.').join('/')
      if (open.get(fd)?.kind !== DIRECTORY) return EBADF
      const known = [...guest.files.keys()], isIn = directory => known.some(f => f.startsWith(`${directory}/`))
      if (refuse.wasi || path.split('/').includes('..') || oflags & ~2 || rights & WRITE || !isIn(path.split('/')[0])) return ENOTCAPABLE
      if (!guest.files.has(path)) return isIn(path) ? EISDIR : ENOENT
      const next = Math.max(...open.keys()) + 1
      open.set(next, { kind: FILE, path, at: 0 })
      memory.setU32(out, next)
      return SUCCESS
    },
    fd_read: (fd, iovs, count, out) => {
      const f = open.get(fd)
      if (!f) return EBADF
      if (f.kind === DIRECTORY) return EISDIR
      if (f.kind === FILE && refuse.wasi) return ENOTCAPABLE
      let read = 0
      if (f.kind === FILE) {
        const bytes = bytesOf(f.path)
        if (!bytes) return ENOENT
        for (const buffer of buffers(iovs, count)) {
          const piece = bytes.subarray(f.at, f.at + buffer.length)
          buffer.set(piece)
          f.at += piece.length
          read += piece.length
        }
      }
      memory.setU32(out, read)
      return SUCCESS
    },
    fd_write: (fd, iovs, count, out) => {
      const f = open.get(fd)
      if (!f?.line) return f ? ENOTCAPABLE : EBADF
      const all = buffers(iovs, count)
      all.forEach(bytes => print(f, bytes))
      memory.setU32(out, all.reduce((sum, bytes) => sum + bytes.length, 0))
      return SUCCESS
    },
    fd_seek: (fd, offset, whence, out) => {
      const f = open.get(fd)
      if (f?.kind !== FILE) return f ? EINVAL : EBADF
      const to = Number(offset) + [0, f.at, bytesOf(f.path)?.length ?? 0][whence]
      if (!(to >= 0)) return EINVAL
      f.at = to
      memory.setU64(out, to)
      return SUCCESS
    },
    fd_close: fd => {
      if (!open.has(fd)) return EBADF
      open.delete(fd)
      return SUCCESS
    },
    proc_exit: code => { throw new Exit(code) },
  }
  guest.endOfCall = () => [...open.values()].filter(f => f.line?.length).forEach(f => say(f, f.line.splice(0)))
  guest.openFiles = () => [...open.values()].filter(f => f.kind === FILE).length
  return Object.fromEntries(Object.entries(functions).map(([name, body]) => [name, (...arguments_) => {
    if (memory.busy) throw new Lie(`${WASI}.${name} was called in ${memory.busy}`)
    return body(...arguments_)
  }]))
}
