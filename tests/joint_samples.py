"""Two sources that cite and are joint documents; the bodies of one stand in another order in each."""

from __future__ import annotations

from pathlib import Path

REPORT = """\
ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH KIÊN GIANG             Độc lập - Tự do - Hạnh phúc
Số: 112/BC-UBND          Kiên Giang, ngày 10 tháng 12 năm 2024

BÁO CÁO
Kết quả phối hợp công tác năm 2024

I. KẾT QUẢ
Ủy ban nhân dân tỉnh đã triển khai thực hiện Thông tư liên tịch số 58/2015/TTLT-BCT-BKHCN ngày 31/12/2015 \
của Bộ Công Thương và Bộ Khoa học và Công nghệ quy định quản lý chất lượng thép.
Căn cứ Quy chế phối hợp số 17/QCPH-UBND-UBMT ngày 24/01/2024, Ủy ban nhân dân tỉnh đã triển khai thực hiện \
Kế hoạch số 97/KH-BYT-BGDĐT ngày 10/4/2024 của Bộ Giáo dục và Đào tạo và Bộ Y tế về y tế trường học.
Đã ban hành Kế hoạch số 15/KH-UBND ngày 20/4/2024 triển khai thực hiện Quy chế phối hợp số 17/QCPH-UBND-UBMT \
ngày 24/01/2024.
II. NHIỆM VỤ
Giao Sở Y tế, Sở Giáo dục và Đào tạo triển khai thực hiện Kế hoạch số 97/KH-BYT-BGDĐT ngày 10/4/2024 \
trước ngày 30/6/2025.
"""
PLAN = """\
SỞ Y TẾ - SỞ GIÁO DỤC VÀ ĐÀO TẠO        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH KIÊN GIANG             Độc lập - Tự do - Hạnh phúc
Số: 08/KHLT-SYT-SGDĐT          Kiên Giang, ngày 02 tháng 5 năm 2024

KẾ HOẠCH
Triển khai Kế hoạch số 97/KH-BYT-BGDĐT ngày 10/4/2024 về y tế trường học

Thực hiện Kế hoạch số 97/KH-BYT-BGDĐT ngày 10/4/2024 của Bộ Y tế và Bộ Giáo dục và Đào tạo, Sở Y tế và \
Sở Giáo dục và Đào tạo xây dựng kế hoạch như sau:
1. Tổ chức khám sức khỏe cho học sinh theo Kế hoạch số 97/KH-BYT-BGDĐT ngày 10/4/2024.
"""


def write(folder: Path) -> Path:
    """Write the sources as files into a folder, and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in (("bao-cao.txt", REPORT), ("ke-hoach.txt", PLAN)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder
