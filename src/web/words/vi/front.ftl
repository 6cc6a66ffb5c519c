# Trang đầu, cho người tự gõ địa chỉ
front-title = Cho ý kiến về giáo dục
front-what = Nơi cha mẹ học sinh, học sinh, thầy cô và người dân cho biết điều gì đang tốt, điều gì cần sửa, không phải ghi tên.
front-code = Gõ mã in trên giấy mời
front-code-hint = Mã có 6 chữ và số.
front-open = Mở phiếu
front-scan = Hoặc quét mã QR trên giấy bằng Zalo hay máy ảnh của điện thoại. Chưa có giấy mời, xin hỏi nhà trường.
front-staff = Dành cho cán bộ: đăng nhập
