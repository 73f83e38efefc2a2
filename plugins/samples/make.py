"""Cuts and shrinks the samples out of unpacked Debian packages: make.py USR-FOLDER TARGET-FOLDER. See README.md."""
import gzip, math, pathlib, re, shutil, struct, sys
from PIL import Image

usr, target = map(pathlib.Path, sys.argv[1:])
mrpt = usr / "share/mrpt/datasets"


def text():
    """Book I, Part I, Propositions III to VIII: what lies between two headings, unchanged."""
    book = (usr / "share/go-1.19/src/testdata/Isaac.Newton-Opticks.txt").read_text(encoding="utf-8")
    begin = book.index("_PROP._ III. THEOR. III.")
    end = book.index("THE FIRST BOOK OF OPTICKS", begin)
    (target / "opticks.txt").write_bytes((book[begin:end].rstrip() + "\n").encode())


def photograph():
    picture = Image.open(usr / "lib/python3/dist-packages/skimage/data/chelsea.png").convert("RGB")
    picture.resize((270, 180), Image.LANCZOS).save(target / "cat.png", optimize=True)


def speech():
    shutil.copyfile(usr / "share/asterisk/sounds/en_US_f_Allison/demo-thanks.wav", target / "speech.wav")


def laser_scans():
    """Every sixth scan of a robot's laser scanner: seconds, then 361 ranges over 180 degrees, right to left, in metres.

    MRPT's CObservation2DRangeScan, version 6: aperture, direction and reach, the pose of the sensor, the number of ranges,
    the ranges, which of them are valid, the standard deviation, and the time in 100 ns since 1601."""
    log = gzip.decompress((mrpt / "2006-01ENE-21-SENA_Telecom Faculty_one_loop_only.rawlog").read_bytes())
    lines, first = [], None
    for scan in list(re.finditer(rb"\x97CObservation2DRangeScan\x06", log))[::6]:
        at = log.index(struct.pack("<I", 361), scan.end()) + 4
        ranges = struct.unpack_from("<361f", log, at)
        valid = log[at + 4 * 361 : at + 5 * 361]
        seconds = struct.unpack_from("<Q", log, at + 5 * 361 + 4)[0] / 1e7
        first = first or seconds
        lines.append(",".join([f"{seconds - first:.2f}"] + [f"{r:.2f}" if ok else "" for r, ok in zip(ranges, valid)]))
    header = ",".join(["seconds"] + [f"r{i}" for i in range(361)])
    (target / "laser-scans.csv").write_text("\n".join([header] + lines) + "\n")


def point_cloud():
    """A turn of a Velodyne VLP-16: its 75 packets of 12 blocks, of which every fifth block is taken, as points.

    A block is FF EE, the azimuth in 1/100 degree, and two firings of 16 lasers: range in 2 mm and reflectivity. x is
    forwards, y to the left, z up. (Within a firing the lasers follow each other by 2.3 us; that is left out.)"""
    log = gzip.decompress((mrpt / "test_velodyne_VLP16.rawlog").read_bytes())
    height = [-15, 1, -13, 3, -11, 5, -9, 7, -7, 9, -5, 11, -3, 13, -1, 15]
    at, points = log.index(b"\xff\xee"), []
    blocks = []
    for packet in range(75):
        packet_at = at + packet * 1206
        blocks += [log[packet_at + 100 * b : packet_at + 100 * b + 100] for b in range(12)]
    for block in blocks[::5]:
        assert block[:2] == b"\xff\xee"
        azimuth = struct.unpack_from("<H", block, 2)[0] / 100
        for firing in range(2):
            turn = math.radians(azimuth + 0.2 * firing)
            for laser in range(16):
                steps, reflectivity = struct.unpack_from("<HB", block, 4 + 3 * (16 * firing + laser))
                if steps == 0:
                    continue
                up = math.radians(height[laser])
                flat = steps * 0.002 * math.cos(up)
                points.append(f"{flat * math.cos(turn):.3f} {-flat * math.sin(turn):.3f} {steps * 0.002 * math.sin(up):.3f} {reflectivity}")
    n = len(points)
    head = ["# .PCD v0.7 - Point Cloud Data file format", "VERSION 0.7", "FIELDS x y z intensity", "SIZE 4 4 4 4", "TYPE F F F F",
            "COUNT 1 1 1 1", f"WIDTH {n}", "HEIGHT 1", "VIEWPOINT 0 0 0 1 0 0 0", f"POINTS {n}", "DATA ascii"]
    (target / "lidar.pcd").write_text("\n".join(head + points) + "\n")


for make in (text, photograph, speech, laser_scans, point_cloud):
    make()
